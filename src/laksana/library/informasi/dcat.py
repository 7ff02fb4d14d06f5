"""The published list as DCAT 3 in JSON-LD: what a catalogue such as CKAN harvests."""

from collections.abc import Iterable, Mapping
from typing import Any

from laksana.library.informasi.published import PublicInformation

CONTEXT: Mapping[str, Any] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_RIGHTS = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
_LANGUAGE = "http://publications.europa.eu/resource/authority/language/IND"
_EVERY = {
    "berkala": "http://publications.europa.eu/resource/authority/frequency/ANNUAL_2",  # twice a year
    "setiap_saat": "http://publications.europa.eu/resource/authority/frequency/IRREG",
    "serta_merta": "http://publications.europa.eu/resource/authority/frequency/IRREG",
}


def catalogue(
    entries: Iterable[PublicInformation], office: Mapping[str, str], base: str, page: str
) -> dict[str, Any]:
    """Return the list as a dcat:Catalog. `base` is the address under which each entry has its page, `page` that of the list."""
    listed = list(entries)
    publisher = _agent(f"{page}#ppid", office["office"], office)
    newest = max((each.published for each in listed), default=None)
    return {
        "@context": CONTEXT,
        "@id": page,
        "@type": "dcat:Catalog",
        "dct:title": _words(f"Daftar Informasi Publik {office['government']}".strip()),
        "dct:description": _words(
            "Informasi yang wajib disediakan dan diumumkan menurut UU 14/2008, dengan kategorinya."
        ),
        "dct:publisher": publisher,
        "dct:language": _of(_LANGUAGE, "dct:LinguisticSystem"),
        "foaf:homepage": _of(f"{page}#laman", "foaf:Document"),
        **({"dct:modified": _day(newest.isoformat())} if newest else {}),
        "dcat:dataset": [_dataset(each, office, base, page) for each in listed],
    }


def _dataset(each: PublicInformation, office: Mapping[str, str], base: str, page: str) -> dict[str, Any]:
    address = f"{base}{each.key}/"
    described = f"{each.summary}. {each.made}. Bentuk: {each.form}. Media: {each.media}. Penyimpanan: {each.retention}."
    return {
        "@id": f"{address}#data",
        "@type": "dcat:Dataset",
        "dct:identifier": each.key,
        "dct:title": _words(each.summary),
        "dct:description": _words(described),
        "dct:publisher": _agent(f"{page}#{each.key}-penerbit", each.agency),
        "dcat:contactPoint": _contact(f"{page}#kontak", office),
        "dct:issued": _day(each.published.isoformat()),
        "dct:modified": _day(each.published.isoformat()),
        "dct:accessRights": _of(_RIGHTS, "dct:RightsStatement"),
        "dct:accrualPeriodicity": _of(_EVERY.get(each.category, _EVERY["setiap_saat"]), "dct:Frequency"),
        "dct:language": _of(_LANGUAGE, "dct:LinguisticSystem"),
        "dcat:keyword": [_words(each.category_name), _words(each.agency)],
        "dcat:landingPage": _of(address, "foaf:Document"),
        **({"dcat:distribution": [_distribution(each, address)]} if each.address else {}),
    }


def _distribution(each: PublicInformation, address: str) -> dict[str, Any]:
    return {
        "@id": f"{address}#berkas",
        "@type": "dcat:Distribution",
        "dct:title": _words(each.summary),
        "dcat:accessURL": _of(each.address, "rdfs:Resource"),
    }


def _agent(key: str, name: str, office: Mapping[str, str] | None = None) -> dict[str, Any]:
    mail = (office or {}).get("email")
    return {
        "@id": key,
        "@type": "foaf:Agent",
        "foaf:name": _words(name),
        **({"foaf:mbox": {"@id": f"mailto:{mail}"}} if mail else {}),
    }


def _contact(key: str, office: Mapping[str, str]) -> dict[str, Any]:
    mail, telephone = office.get("email"), office.get("telephone")
    return {
        "@id": key,
        "@type": ["vcard:Organization", "vcard:Kind"],
        "vcard:fn": office["office"],
        **({"vcard:hasEmail": {"@id": f"mailto:{mail}"}} if mail else {}),
        **({"vcard:hasTelephone": {"@id": f"tel:{telephone.replace(' ', '')}"}} if telephone else {}),
    }


def _of(key: str, kind: str) -> dict[str, str]:
    """Return a thing by its address, with the class that DCAT-AP wants there."""
    return {"@id": key, "@type": kind}


def _words(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "id"}


def _day(text: str) -> dict[str, str]:
    return {"@value": text, "@type": "xsd:date"}
