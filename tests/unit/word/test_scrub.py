"""Personal data goes, the visible text stays."""

from __future__ import annotations

from redline.word.read import read
from redline.word.scrub import scrub
from tests.unit.word.build import NAMESPACES, REL, R, docx, ins, p, unzipped, zipped

CORE = ('<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Agreement</dc:title><dc:creator>Ann Author</dc:creator>'
        "<cp:lastModifiedBy>Bob Boss</cp:lastModifiedBy></cp:coreProperties>")
APP = ('<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Template>'
       r"\\host\secret.dotx</Template><Company>ACME</Company><Pages>3</Pages></Properties>")


def personal() -> bytes:
    """A document that tells a lot about who wrote it."""
    settings = (f'<w:settings {NAMESPACES}><w:attachedTemplate r:id="t"/><w:rsids><w:rsidRoot w:val="00A1"/></w:rsids>'
                "<w:trackRevisions/></w:settings>")
    data = docx('<w:p w:rsidR="00A1"><w:r w:rsidRPr="00A2"><w:t>Text</w:t></w:r></w:p>', p(ins("new")), settings=settings,
                extra={"docProps/core.xml": CORE.encode(), "docProps/app.xml": APP.encode(),
                       "customXml/item1.xml": b"<client>secret</client>",
                       "word/_rels/settings.xml.rels": (f'<Relationships xmlns="{REL}"><Relationship Id="t" '
                                                        f'Type="{R}/attachedTemplate" Target="file://host/secret.dotx" '
                                                        'TargetMode="External"/></Relationships>').encode()})
    files = unzipped(data)
    files["_rels/.rels"] = files["_rels/.rels"].replace(b"</Relationships>", (
        '<Relationship Id="c" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" '
        f'Target="docProps/core.xml"/><Relationship Id="e" Type="{R}/extended-properties" Target="docProps/app.xml"/>'
        "</Relationships>").encode())
    return zipped(files)


def test_names_companies_paths_and_sessions_go() -> None:
    clean, removed = scrub(personal())
    everything = b"".join(unzipped(clean).values())
    for word in (b"Author", b"Boss", b"ACME", b"secret", b"rsid"):
        assert word not in everything
    assert b"Agreement" in everything and b"trackRevisions" in everything
    assert set(removed) == {"the author", "who saved it last", "the company", "the template", "editing sessions", "custom data"}


def test_what_can_be_read_stays_also_who_made_a_tracked_change() -> None:
    data = personal()
    clean, _ = scrub(data)
    assert read(clean).paragraphs == read(data).paragraphs


def test_scrubbing_twice_is_scrubbing_once() -> None:
    clean, _ = scrub(personal())
    assert scrub(clean) == (clean, ())


def test_a_document_without_personal_data_keeps_its_parts() -> None:
    data = docx(p("x"))
    clean, removed = scrub(data)
    assert removed == ()
    assert unzipped(clean) == unzipped(data)


def test_custom_data_that_a_content_control_shows_stays() -> None:
    bound = '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/x"/></w:sdtPr><w:sdtContent>' + p("x") + "</w:sdtContent></w:sdt>"
    clean, removed = scrub(docx(bound, extra={"customXml/item1.xml": b"<x>1</x>"}))
    assert "customXml/item1.xml" in unzipped(clean)
    assert removed == ()
