"""The name of a step begins with what is done, as the rows of a sheet do (PermenPANRB 35/2012).

Right: "Memeriksa berkas", "Berkoordinasi dengan Bappeda", "Periksa berkas", "Tanda tangani nota".
Warned: "Pemeriksaan berkas", "Rapat", "Kepala Badan menelaah".
"""

import re
from collections.abc import Iterator
from typing import Final

from workflows.lint.finding import Draft, Problem, call
from workflows.said import Said

# "1.", "a)", "(2)", and what stands in quotes around a name.
_NUMBER: Final = re.compile(r"^[\W_]*(?:(?:\d{1,3}|[a-zA-Z])[.)]\s*)*[\W_]*")
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
# What these make of a root is a verb; what else begins so is listed below.
_PREFIXED: Final = re.compile(
    r"(?:me(?:m[bfpv]|mp|n[cdjstz]|ng[aeioughk]|ny[aeiou]|[lrwmny])|ber|di)\w{3,}"
)
_PREFIXES: Final = frozenset("me mem men meng meny ber di".split())  # "meng-input"
_NO_VERBS: Final = frozenset(
    """berita berkas berikut bersama bersih berat beras berdasarkan berlian bersama-sama berapa
    dialog diagram digital diklat dinas direksi direktorat direktur disiplin diskresi dispensasi
    dividen divisi dinamika
    media medis mekanisme mekanik meja memo memorandum menit menteri mental menu merek meterai
    metode melalui menurut mengenai meski merah menara""".split()
)
# The plain forms that sheets use, and loan words that are said like them.
_VERBS: Final = frozenset(
    """agendakan ajukan ambil analisa analisis antar arahkan arsip arsipkan asistensi atur awasi
    baca bagi bagikan bahas bandingkan bantu batalkan bayar bekerja belajar beli bentuk beri berikan
    bimbing bubuhkan buat buka bukukan cari catat cek cetak cocokkan daftarkan dampingi disposisi
    disposisikan distribusi dokumentasi dokumentasikan entri evaluasi finalisasi foto gandakan ganti
    gelar gunakan hadiri hapus hentikan himpun hitung hubungi identifikasi ikuti input inventarisasi
    isi jadwalkan jalankan jawab jelaskan jilid jemput kaji kawal kelola kelompokkan kembalikan
    kerjakan ketik kirim kirimkan klarifikasi konfirmasi konsultasi konsultasikan koordinasi
    koordinasikan koreksi kumpulkan kunjungi lakukan laksanakan lampirkan lanjutkan lapor laporkan
    legalisasi lengkapi lihat masukkan minta monev monitor monitoring muat mulai naikkan nilai
    nomori nyatakan olah otorisasi pantau panggil paparkan paraf pasang pelajari perbaiki perbarui
    periksa persiapkan pertimbangkan pilah pilih pimpin pindai pinjam proses publikasikan putuskan
    rancang rapatkan rekap rekapitulasi rencanakan review reviu revisi ringkas rumuskan sahkan salin
    salurkan sampaikan samakan scan sebarkan selenggarakan selesaikan sempurnakan serahkan
    sesuaikan setor setujui siapkan simpan sinkronisasi sinkronkan sosialisasi sosialisasikan
    stempel supervisi susun tambahkan tampilkan tandatangani tanda tangani tanggapi tarik tata
    tawarkan telaah telaahan teliti telusuri tembuskan tempel tempuh tentukan terbitkan terima
    teruskan tetapkan tindaklanjuti tinjau tolak tugaskan tulis tunda tunggu tunjuk turunkan tutup
    ubah uji ukur umumkan undang unduh unggah uraikan urus urutkan usulkan utus validasi verifikasi
    wawancara wawancarai
    accept add approve archive ask assess assign book calculate call cancel check choose close
    collect complete confirm contact create decide deliver develop do enter evaluate fill
    finish fix get give handle inform inspect invite issue make notify open order pay perform plan
    prepare print process provide publish receive record register reject report request
    resolve respond return save schedule select send ship show sign start stop store submit
    take test update upload validate verify write""".split()
)
_PLAIN: Final = re.compile(r"(?!pe|ke)[^\W\d_]{3,}(?:kan|i)lah|(?!pe|ke)[^\W\d_]{4,}kan")
_NO_PLAIN: Final = frozenset(
    "tindakan masukan bukan catatan gerakan cetakan pasokan tekanan rekan ikan makan".split()
)


def check(draft: Draft) -> Iterator[Problem]:
    for step in draft.drawing.steps:
        if step.node.name and not is_verb_first(step.node.name):
            yield Problem(
                step.node.id,
                Said(
                    "%(it)s tidak diawali kata kerja. Tulis apa yang dikerjakan, misalnya "
                    '"Menyusun …", "Memeriksa …", atau "Menyampaikan …".',
                    it=call(step.node),
                ),
                "warning",
            )


def is_verb_first(name: str) -> bool:
    """Whether the first word is a verb; a name without words, or in another script, passes."""
    found = _WORD.search(_NUMBER.sub("", name, count=1).casefold())
    if found is None or not found[0].isascii():
        return True
    word, hyphen, _ = found[0].partition("-")
    if word in _VERBS or (hyphen and word in _PREFIXES):
        return True
    if _PREFIXED.fullmatch(word):
        return word not in _NO_VERBS
    return _PLAIN.fullmatch(word) is not None and word not in _NO_PLAIN
