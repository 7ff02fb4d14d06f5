"""What the letters of the demonstration say. Offices are named by their kind; every person and number is made up."""

from typing import Any

BAPPERIDA: dict[str, Any] = {
    "mark": "KS",
    "head": [
        "PEMERINTAH KOTA SERANG",
        "BADAN PERENCANAAN PEMBANGUNAN, RISET DAN INOVASI DAERAH",
        "Jalan Contoh Raya Nomor 1, Kota Serang 42100, telepon (0254) 000000",
    ],
    "about": [
        ["Nomor", "000.7.2/214/Bapperida/2026"],
        ["Sifat", "Biasa"],
        ["Lampiran", "1 (satu) lembar"],
        ["Hal", "Permintaan data capaian indikator kinerja triwulan III"],
    ],
    "dated": "Serang, 9 November 2026",
    "to": ["Yth. Kepala Dinas Komunikasi", "dan Informatika Kota Serang", "di Serang"],
    "body": [
        (
            "Dalam rangka penyusunan laporan pengendalian dan evaluasi hasil rencana kerja perangkat daerah triwulan III "
            "Tahun 2026, bersama ini kami mohon Saudara menyampaikan data capaian indikator kinerja urusan komunikasi dan "
            "informatika, persandian, dan statistik sebagaimana format terlampir."
        ),
        "Data dimaksud kami harapkan disampaikan melalui portal data atau pos-el perencanaan@contoh.go.id.",
        "Demikian disampaikan, atas perhatian dan kerja sama Saudara diucapkan terima kasih.",
    ],
    "sign": [
        "Kepala Badan Perencanaan Pembangunan,",
        "Riset dan Inovasi Daerah,",
        "Dra. TELADAN CONTOHWATI, M.Si.",
        "NIP 19690817 199403 2 999",
    ],
    "copies": ["Wali Kota Serang (sebagai laporan)", "Sekretaris Daerah Kota Serang"],
}
MINISTRY_HEAD = [
    "REPUBLIK INDONESIA",
    "KEMENTERIAN URUSAN CONTOH",
    "Jalan Teladan Selatan Nomor 99, Jakarta 10000, telepon (021) 0000000",
]
MINISTRY_1: dict[str, Any] = {
    "mark": "RI",
    "head": MINISTRY_HEAD,
    "about": [
        ["Nomor", "B-1187/KUC/D4/PI.02/11/2026"],
        ["Sifat", "Penting"],
        ["Lampiran", "1 (satu) lembar"],
        ["Hal", "Undangan rapat koordinasi nasional penyelenggaraan satu data"],
    ],
    "dated": "Jakarta, 4 November 2026",
    "to": ["Yth.", "Kepala Dinas Komunikasi dan", "Informatika Kabupaten/Kota", "(daftar terlampir)"],
    "body": [
        (
            "Dalam rangka percepatan penyelenggaraan satu data di daerah, kami bermaksud mengadakan rapat koordinasi "
            "nasional. Sehubungan dengan hal tersebut, kami mengundang Saudara untuk hadir pada:"
        ),
        [
            ["Hari, tanggal", "Kamis, 19 November 2026"],
            ["Waktu", "09.00 WIB sampai selesai"],
            ["Tempat", "Ruang Rapat Teladan lantai 5, Jakarta, dan secara daring"],
            ["Acara", "Pemadanan data prioritas dan rencana aksi tahun 2027"],
        ],
        (
            "Mengingat pentingnya acara tersebut, kami mohon Saudara hadir tepat waktu dan tidak mewakilkan. Konfirmasi "
            "kehadiran disampaikan paling lambat 16 November 2026."
        ),
        "Atas perhatian dan kerja sama Saudara, kami ucapkan terima kasih.",
    ],
    "sign": ["Deputi Bidang Contoh,", "Dr. ANDAIKATA PRATAMA, M.Kom.", "NIP 19720101 199803 1 999"],
    "copies": ["Menteri Urusan Contoh", "Gubernur Banten"],
}
MINISTRY_2: dict[str, Any] = {
    "mark": "RI",
    "head": [],
    "about": [
        ["Lampiran", "Surat Deputi Bidang Contoh"],
        ["Nomor", "B-1187/KUC/D4/PI.02/11/2026"],
        ["Tanggal", "4 November 2026"],
    ],
    "dated": "",
    "to": [],
    "body": [
        "Daftar undangan:",
        [
            ["No.", "Peserta"],
            ["1.", "Kepala Dinas Komunikasi dan Informatika Kota Serang"],
            ["2.", "Kepala Dinas Komunikasi dan Informatika Kabupaten Contoh Utara"],
            ["3.", "Kepala Dinas Komunikasi dan Informatika Kota Contoh Baru"],
            ["4.", "Kepala Dinas Komunikasi dan Informatika Kabupaten Andai"],
        ],
        "Peserta membawa data prioritas daerah dalam bentuk digital sesuai format yang telah disampaikan.",
    ],
    "sign": [],
    "copies": [],
}
CITIZEN: dict[str, Any] = {
    "mark": "",
    "head": [],
    "about": [["Lampiran", "-"], ["Hal", "Permohonan pemasangan Wi-Fi publik di taman lingkungan"]],
    "dated": "Serang, 10 November 2026",
    "to": ["Yth. Kepala Dinas Komunikasi", "dan Informatika Kota Serang", "di tempat"],
    "body": [
        (
            "Saya yang bertanda tangan di bawah ini, Warga Contohsari, warga RT 00 RW 00 Lingkungan Andai, mewakili warga "
            "memohon pemasangan titik Wi-Fi publik di taman lingkungan kami yang setiap sore dipakai anak-anak belajar."
        ),
        "Warga bersedia menyediakan tempat dan ikut menjaga perangkatnya. Kami mohon kiranya dapat ditinjau lebih dahulu.",
        "Demikian permohonan ini kami sampaikan, atas perhatian Bapak/Ibu kami ucapkan terima kasih.",
    ],
    "sign": ["Hormat kami,", "Warga Contohsari", "Perwakilan warga"],
    "copies": [],
}
CITIZEN_MESSAGE = """\
Yth. Bapak/Ibu Kepala Dinas Komunikasi dan Informatika Kota Serang,

Bersama pos-el ini saya kirimkan surat permohonan pemasangan Wi-Fi publik
di taman lingkungan kami. Suratnya terlampir dalam bentuk PDF.

Terima kasih.

Warga Contohsari
"""
