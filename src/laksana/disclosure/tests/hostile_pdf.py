"""A PDF that hides a word in every place where redaction by other programs has left it."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

SECRET = "RAHASIA7731"
PHRASE = "Budi Contoh"
KEPT = "TERBUKA2026"


def hostile_pdf(rotate: int = 0) -> bytes:
    """Return two pages with text, a form value, note, attachment, layer, thumbnail, metadata, earlier version, cropped part."""
    document = pikepdf.new()
    font = document.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    )
    layer = document.make_indirect(Dictionary(Type=Name.OCG, Name=String(SECRET)))
    text = (
        f"BT /F1 14 Tf 60 700 Td ({KEPT} nama pemohon) Tj 0 -30 Td ({SECRET}) Tj 0 -30 Td (Budi) Tj 0 -18 Td (Contoh) Tj ET\n"
        f"/OC /L1 BDC BT /F1 14 Tf 60 500 Td ({SECRET} lapisan) Tj ET EMC\n"
        f"BT /F1 14 Tf 3 Tr 60 470 Td ({SECRET} tak terlihat) Tj ET\n"
        f"BT 0 Tr /F1 14 Tf 60 20 Td ({SECRET} di luar potongan) Tj ET\n"
    )
    for number in (1, 2):
        thumbnail = pikepdf.Stream(document, SECRET.encode())
        note = Dictionary(
            Type=Name.Annot, Subtype=Name.Text, Rect=[400, 700, 420, 720], Contents=String(SECRET)
        )
        page = Dictionary(
            Type=Name.Page,
            MediaBox=[0, 0, 595, 842],
            CropBox=[0, 50, 595, 842],
            Rotate=rotate,
            Resources=Dictionary(Font=Dictionary(F1=font), Properties=Dictionary(L1=layer)),
            Contents=pikepdf.Stream(
                document, text.encode() if number == 1 else f"BT /F1 14 Tf 60 700 Td ({KEPT}) Tj ET".encode()
            ),
            Thumb=thumbnail,
            Annots=Array([document.make_indirect(note)]),
        )
        document.pages.append(pikepdf.Page(document.make_indirect(page)))
    field = document.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=String("nik"),
            V=String(SECRET),
            Rect=[60, 400, 200, 420],
        )
    )
    document.Root.AcroForm = Dictionary(Fields=Array([field]), XFA=String(f"<x>{SECRET}</x>"))
    document.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    document.attachments["rahasia.txt"] = SECRET.encode()
    document.docinfo["/Author"] = SECRET
    with document.open_metadata() as about:
        about["dc:creator"] = [SECRET]
    base = io.BytesIO()
    document.save(base, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    writer = IncrementalPdfFileWriter(base)
    writer.root["/Sejarah"] = generic.TextStringObject(f"{SECRET} versi")
    writer.update_root()  # type: ignore[no-untyped-call]
    grown = io.BytesIO()
    writer.write(grown)  # type: ignore[no-untyped-call]
    return grown.getvalue()
