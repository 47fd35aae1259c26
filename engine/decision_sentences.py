"""What is wrong with a DMN decision, as plain sentences; see `engine.sentences`."""

from collections.abc import Mapping

_CELL = "Tabel “%(decision)s”, baris %(row)s, kolom “%(column)s”: “%(text)s”. %(reason)s"
_HEAD = "Tabel “%(decision)s”, kepala kolom “%(column)s”: “%(text)s”. %(reason)s"
_FORMULA = "Ungkapan keputusan “%(decision)s”: “%(text)s”. %(reason)s"

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
    "dmn_not_unique": (
        "Tabel “%(decision)s”: baris %(rows)s sama-sama cocok, padahal hanya satu yang boleh."
    ),
    "dmn_any_differs": (
        "Tabel “%(decision)s”: baris %(rows)s sama-sama cocok tetapi hasilnya berbeda."
    ),
    "dmn_priority_tie": ("Tabel “%(decision)s”: baris %(rows)s sama kuat tetapi hasilnya berbeda."),
    "dmn_input_invalid": (
        "Tabel “%(decision)s”, masukan “%(column)s” (“%(text)s”) tidak dapat dipakai. %(reason)s"
    ),
    "dmn_cell_failed": _CELL,
    "dmn_head_failed": _HEAD,
    "dmn_formula_failed": _FORMULA,
    "dmn_shape": "Hasil keputusan “%(decision)s” tidak sesuai dengan “%(shape)s”. %(reason)s",
    "dmn_too_much_work": "Keputusan “%(decision)s” terlalu berat untuk dihitung.",
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
    "unreadable": "Itu tidak dapat dibaca, atau memakai hal yang tidak diizinkan.",
    "unbalanced": "Tanda kurungnya tidak berpasangan.",
    "empty": "Ungkapannya belum ditulis.",
    "empty_test": "Ada syarat yang kosong di antara koma atau setelah tandanya.",
    "nested_not": "“not(…)” harus melingkupi seluruh sel.",
    "reversed_interval": "Batas bawah rentang itu lebih besar dari batas atasnya.",
    "not_a_moment": 'Tanggal atau waktunya tidak sah; contoh: date("2026-11-23").',
    "not_constant": "Daftar nilai tidak boleh memuat variabel.",
    "not_a_list_of_values": "Urutan prioritas harus berupa daftar nilai biasa.",
    "too_large": "Nilainya terlalu besar, atau ungkapannya terlalu panjang.",
    "failed": "Itu tidak dapat dihitung dengan data kasus.",
    "unknown_name": "Variabel “%(name)s” tidak ada dalam data kasus.",
    "missing_key": "Isian “%(name)s” tidak ada di dalamnya.",
    "cannot_compare": "Jenis nilainya berbeda, sehingga tidak dapat dibandingkan.",
    "not_a_condition": "Jawabannya bukan ya atau tidak.",
    "not_allowed": "Nilai “%(value)s” tidak ada dalam daftar yang diperbolehkan.",
    "not_text": "Nilainya bukan teks.",
    "not_number": "Nilainya bukan bilangan.",
    "not_integer": "Nilainya bukan bilangan bulat.",
    "not_yes_no": "Nilainya bukan ya atau tidak (true, false).",
    "not_date": "Nilainya bukan tanggal, misalnya 2026-11-23.",
    "not_time": "Nilainya bukan jam, misalnya 08:00:00.",
    "not_date_time": "Nilainya bukan tanggal dan jam, misalnya 2026-11-23T08:00:00.",
    "not_record": "Nilainya bukan catatan (record).",
    "not_list": "Nilainya bukan daftar.",
}

# The field `reason` of dmn_shape.
SHAPES: Mapping[str, str] = {
    "several_results": "Lebih dari satu baris cocok.",
    "several_outputs": "Keluarannya lebih dari satu.",
    "unknown_shape": "Bentuk hasil itu tidak dikenal.",
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
