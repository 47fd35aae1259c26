"""What is wrong with a DMN decision, as plain sentences; see `engine.sentences`."""

from collections.abc import Mapping

from workflows.said import N_

_CELL = N_("Tabel “%(decision)s”, baris %(row)s, kolom “%(column)s”: “%(text)s”. %(reason)s")
_HEAD = N_("Tabel “%(decision)s”, kepala kolom “%(column)s”: “%(text)s”. %(reason)s")
_FORMULA = N_("Ungkapan keputusan “%(decision)s”: “%(text)s”. %(reason)s")

DECISIONS: Mapping[str, str] = {
    "dmn_wrong_namespace": (
        "Berkas bukan DMN 1.1 sampai 1.5, atau mencampur versinya (baris %(line)s)."
    ),
    "dmn_no_decision": "Berkas DMN itu tidak memuat keputusan.",
    "dmn_invalid": "Keputusan “%(decision)s” tidak dapat dipakai. %(reason)s",
    "dmn_element_not_supported": (
        "Elemen DMN “%(element)s” (%(kind)s, baris %(line)s) tidak dapat dijalankan. "
        "Pakailah tabel keputusan atau ungkapan."
    ),
    "dmn_language_not_supported": (
        "Keputusan “%(decision)s”, elemen “%(element)s”: bahasa “%(language)s” tidak dikenal. "
        "Pakailah FEEL."
    ),
    "dmn_unknown_hit_policy": (
        "Tabel “%(decision)s”: aturan pemilihan baris (hit policy) “%(policy)s” tidak dikenal."
    ),
    "dmn_type_not_supported": (
        "Keputusan “%(decision)s”, “%(column)s”: jenis data “%(type)s” tidak dikenal."
    ),
    "dmn_cell_invalid": _CELL,
    "dmn_head_invalid": _HEAD,
    "dmn_formula_invalid": _FORMULA,
    "dmn_not_unique": N_(
        "Tabel “%(decision)s”: baris %(rows)s sama-sama cocok, padahal hanya satu yang boleh."
    ),
    "dmn_any_differs": N_(
        "Tabel “%(decision)s”: baris %(rows)s sama-sama cocok tetapi hasilnya berbeda."
    ),
    "dmn_priority_tie": N_(
        "Tabel “%(decision)s”: baris %(rows)s sama kuat tetapi hasilnya berbeda."
    ),
    "dmn_input_invalid": N_(
        "Tabel “%(decision)s”, masukan “%(column)s” (“%(text)s”) tidak dapat dipakai. %(reason)s"
    ),
    "dmn_cell_failed": _CELL,
    "dmn_head_failed": _HEAD,
    "dmn_formula_failed": _FORMULA,
    "dmn_shape": N_("Hasil keputusan “%(decision)s” tidak sesuai dengan “%(shape)s”. %(reason)s"),
    "dmn_too_much_work": N_("Keputusan “%(decision)s” terlalu berat untuk dihitung."),
}

# The field `reason` of dmn_invalid.
FILES: Mapping[str, str] = {
    "invalid_id": "Sebuah %(element)s tidak punya id yang sah (baris %(line)s).",
    "duplicate_id": "Id “%(element)s” dipakai dua kali (baris %(line)s).",
    "duplicate_type": "Jenis data “%(element)s” dibuat dua kali (baris %(line)s).",
    "repeated_element": "Elemen %(element)s muncul dua kali (baris %(line)s).",
    "no_logic": "Isinya harus satu tabel keputusan atau satu ungkapan.",
    "no_output": "Tabelnya tidak punya kolom keluaran.",
    "output_without_name": "Kolom keluaran ke-%(column)s tidak bernama.",
    "duplicate_output": "Nama keluaran “%(column)s” dipakai dua kali.",
    "no_output_values": "Urutan nilai keluarannya (outputValues) belum ditulis.",
    "aggregated_outputs": "Hanya satu kolom keluaran yang dapat dijumlah atau dibandingkan.",
    "aggregation_without_collect": "Penjumlahan dan sejenisnya hanya untuk COLLECT.",
    "cells_missing": "Banyaknya sel di baris %(row)s tidak sama dengan banyaknya kolom.",
    "too_many_rules": "Barisnya terlalu banyak; paling banyak %(limit)s.",
    "too_many_columns": "Kolomnya terlalu banyak; paling banyak %(limit)s.",
    "too_many_decisions": "Keputusan dalam satu berkas paling banyak %(limit)s.",
    "too_many_requirements": "Satu keputusan paling banyak membutuhkan %(limit)s yang lain.",
    "too_much_text": "Isi selnya seluruhnya paling banyak %(limit)s huruf.",
    "names_too_long": "Nama yang dibutuhkannya seluruhnya paling banyak %(limit)s huruf.",
    "unknown_reference": "“%(element)s” tidak ada dalam berkas ini (baris %(line)s).",
    "ambiguous_name": "Nama “%(name)s” dapat berarti dua hal; bedakan namanya.",
    "cycle": "Keputusan saling membutuhkan: %(cycle)s.",
}

# The field `reason` of what is wrong in one place of a decision.
CELLS: Mapping[str, str] = {
    "unreadable": N_("Itu tidak dapat dibaca, atau memakai hal yang tidak diizinkan."),
    "unbalanced": N_("Tanda kurungnya tidak berpasangan."),
    "empty": N_("Ungkapannya belum ditulis."),
    "empty_test": N_("Ada syarat yang kosong di antara koma atau setelah tandanya."),
    "nested_not": N_("“not(…)” harus melingkupi seluruh sel."),
    "reversed_interval": N_("Batas bawah rentang itu lebih besar dari batas atasnya."),
    "not_a_moment": N_('Tanggal atau waktunya tidak sah; contoh: date("2026-11-23").'),
    "not_constant": N_("Daftar nilai tidak boleh memuat variabel."),
    "not_a_list_of_values": N_("Urutan prioritas harus berupa daftar nilai biasa."),
    "too_large": N_("Nilainya terlalu besar, atau ungkapannya terlalu panjang."),
    "failed": N_("Itu tidak dapat dihitung dengan data kasus."),
    "unknown_name": N_("Variabel “%(name)s” tidak ada dalam data kasus."),
    "missing_key": N_("Isian “%(name)s” tidak ada di dalamnya."),
    "cannot_compare": N_("Jenis nilainya berbeda, sehingga tidak dapat dibandingkan."),
    "not_a_condition": N_("Jawabannya bukan ya atau tidak."),
    "not_allowed": N_("Nilai “%(value)s” tidak ada dalam daftar yang diperbolehkan."),
    "not_text": N_("Nilainya bukan teks."),
    "not_number": N_("Nilainya bukan bilangan."),
    "not_integer": N_("Nilainya bukan bilangan bulat."),
    "not_yes_no": N_("Nilainya bukan ya atau tidak (true, false)."),
    "not_date": N_("Nilainya bukan tanggal, misalnya 2026-11-23."),
    "not_time": N_("Nilainya bukan jam, misalnya 08:00:00."),
    "not_date_time": N_("Nilainya bukan tanggal dan jam, misalnya 2026-11-23T08:00:00."),
    "not_record": N_("Nilainya bukan catatan (record)."),
    "not_list": N_("Nilainya bukan daftar."),
}

# The field `reason` of dmn_shape.
SHAPES: Mapping[str, str] = {
    "several_results": N_("Lebih dari satu baris cocok."),
    "several_outputs": N_("Keluarannya lebih dari satu."),
    "unknown_shape": N_("Bentuk hasil itu tidak dikenal."),
}

DECISION_REASONS: Mapping[str, Mapping[str, str]] = {
    "dmn_invalid": FILES,
    "dmn_shape": SHAPES,
    "dmn_cell_invalid": CELLS,
    "dmn_head_invalid": CELLS,
    "dmn_formula_invalid": CELLS,
    "dmn_input_invalid": CELLS,
    "dmn_cell_failed": CELLS,
    "dmn_head_failed": CELLS,
    "dmn_formula_failed": CELLS,
}
