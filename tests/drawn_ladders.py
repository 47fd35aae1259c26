"""A drawing with reminder ladders of its own: of the whole, and of its first step."""

LADDER = (
    '<sop:tangga berisiko="2/3">'
    '<sop:anakTangga kunci="awal" jenis="pengingat" bagian="1/2" kepada="pelaksana peran"/>'
    '<sop:anakTangga kunci="h-1" jenis="pengingat" hari="1" satuan="hari_kerja" pukul="07:30" '
    'kepada="pelaksana" saluran="email" setiapJam="true" perihal="Besok: {langkah}">'
    "Yth. {nama},\nbesok &amp; &lt;lusa&gt;.</sop:anakTangga>"
    '<sop:anakTangga kunci="lewat" jenis="laporan" sesudah="1 hari kerja" '
    'kepada="atasan pemilik_proses unit:SETDA"/>'
    "</sop:tangga>"
)


def with_ladders(xml: str) -> str:
    for place in ("<sop:identitas", "<sop:mutuBaku"):
        assert place in xml
        xml = xml.replace(place, LADDER + place, 1)
    return xml
