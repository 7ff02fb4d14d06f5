"""An applicant in tests: fills forms page by page without JavaScript, as a browser would send them."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

from django.test import Client
from lxml import html
from PIL import Image

from laksana.library.tests.generated import Data, Files
from laksana.library.tests.walking import Walk
from laksana.sop.definition import FieldSpec, Procedure, Step
from laksana.web.forms.texts import control_text

NUMBERS = {
    "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9,
}  # fmt: skip
PDF = (
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def paper(name: str = "berkas.pdf") -> BytesIO:
    """Return a PDF to send."""
    sent = BytesIO(PDF)
    sent.name = name
    return sent


def picture(name: str = "gambar.png") -> BytesIO:
    """Return a picture to send."""
    sent = BytesIO()
    Image.new("RGB", (8, 8), "white").save(sent, "PNG")
    sent.seek(0)
    sent.name = name
    return sent


def generated(procedure: Procedure, step: Step, at: datetime, seed: int = 7) -> dict[str, Any]:
    """Return values that the form of a step accepts, made from the types of its fields; files are left to `sent`."""
    walk = Walk(procedure, Data(seed, _NoFiles(PDF)), at)
    outcome = next(iter(step.outcomes), None)
    values = walk._values(step, outcome, {})
    return {name: value for name, value in values.items() if name in step.asks}


class _NoFiles(Files):
    def one(self, spec: FieldSpec, at: datetime) -> int:
        """Return no stored file: the page sends one."""
        return 0


def sent(spec: FieldSpec, name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield what a browser sends for a value."""
    if spec.columns:
        for number, row in enumerate(value or ()):
            for column, cell in row.items():
                yield from sent(spec.columns[column], f"{name}.{number}.{column}", cell)
    elif spec.type in ("file", "files"):
        yield name, picture() if spec.accept and "application/pdf" not in spec.accept else paper()
    elif spec.type == "multichoice":
        yield name, list(value or ())
    elif spec.type == "bool":
        yield name, "true" if value else "false"
    elif spec.type == "location" and value:
        yield name, f"{value['lat']}, {value['lon']}"
    elif value is not None:
        yield name, control_text(spec, value)


class Applicant:
    """Somebody without an account."""

    def __init__(self) -> None:
        self.client = Client(headers={"accept-language": "en"})

    def begin(self, procedure: str) -> str:
        """Begin a form, without an earlier case where the service asks for one; return its address."""
        answer = self.client.post(f"/layanan/{procedure}/mulai/", {"tanpa": "1"})
        assert answer.status_code == 302, answer.status_code
        return str(answer["Location"])

    def fill(self, form: str, procedure: Procedure, values: Mapping[str, Any]) -> str:
        """Answer page after page; return the address of the page on which all is checked."""
        address = str(self.client.get(form)["Location"])
        for _turn in range(60):
            if address.endswith("/periksa/"):
                return address
            tree: Any = html.fromstring(self.client.get(address).content)
            names = {
                each.get("name") for each in tree.xpath("//main//form[contains(@class,'ask')]//*[@name]")
            }
            heads = {str(name).partition(".")[0] for name in names} & set(procedure.fields)
            data: dict[str, Any] = {}
            for name in heads:
                data |= dict(sent(procedure.fields[name], name, values.get(name)))
            answer = self.client.post(
                address, {**data, **({"outcome": values["outcome"]} if "outcome" in names else {})}
            )
            assert answer.status_code == 302, (address, _faults(answer))
            address = str(answer["Location"])
        raise AssertionError("the form has no end")

    def send(self, check: str) -> Any:
        """Answer the question and send; return the answer."""
        page = html.fromstring(self.client.get(check).content)
        return self.client.post(check, answered(page))


def answered(page: Any) -> dict[str, str]:
    """Return the answer to the question of a page, as a person would read it."""
    if not page.xpath("//input[@name='_soal']"):
        return {}
    question = page.xpath("string(//label[@for='jawaban'])")
    said = [NUMBERS[word] for word in re.findall(r"[a-z]+", question.lower()) if word in NUMBERS]
    return {"jawaban": str(sum(said)), "_soal": page.xpath("string(//input[@name='_soal']/@value)")}


def _faults(answer: Any) -> str:
    page: Any = html.fromstring(answer.content)
    told = page.xpath("//*[@class='errors' or @class='error']")
    return " | ".join(" ".join(each.text_content().split()) for each in told)
