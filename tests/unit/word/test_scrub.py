"""Personal data goes, the visible text stays."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

import pytest

from redline.model import Contract
from redline.word.read import read
from redline.word.scrub import KINDS, ON_REQUEST, Scrubbed, own_threads, scrub, scrubbed
from redline.word.scrub.paths import file_name
from redline.word.scrub.pictures import silent
from tests.unit.word.build import DATE, NAMESPACES, REL, R, about, comment, comments, docx, field, ins, p, r, style, styles
from tests.unit.word.build import labelled as labelled
from tests.unit.word.build import level as level
from tests.unit.word.build import numbering as numbering
from tests.unit.word.build import unzipped as unzipped
from tests.unit.word.build import zipped as zipped

META = "http://schemas.openxmlformats.org/package/2006/relationships/metadata"
CORE = ('<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Agreement with Globex</dc:title><dc:creator>Ann Author</dc:creator>'
        "<cp:lastModifiedBy>Bob Boss</cp:lastModifiedBy><cp:revision>12</cp:revision></cp:coreProperties>")
APP = ('<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Template>'
       r"\\host\secret.dotx</Template><Company>ACME</Company><Pages>3</Pages></Properties>")
CUSTOM = ('<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties">'
          '<property name="Matter" pid="2"/><property name="MSIP_Label" pid="3"/></Properties>')


def links(*found: tuple[str, str, str]) -> bytes:
    """A part of relationships from (id, type, target); a type without a scheme is one of Office's, `!` marks an external target."""
    inside = ""
    for identity, kind, target in found:
        mode = ' TargetMode="External"' if target.startswith("!") else ""
        kind = kind if "://" in kind else f"{R}/{kind}"
        inside += f'<Relationship Id="{identity}" Type="{kind}" Target="{target.lstrip("!")}"{mode}/>'
    return f'<Relationships xmlns="{REL}">{inside}</Relationships>'.encode()


def with_properties(data: bytes) -> bytes:
    """The document with all three kinds of properties."""
    files = unzipped(data)
    files["_rels/.rels"] = links(("m", "officeDocument", "word/document.xml"), ("c", f"{META}/core-properties", "docProps/core.xml"),
                                 ("e", "extended-properties", "docProps/app.xml"), ("x", "custom-properties", "docProps/custom.xml"))
    files |= {"docProps/core.xml": CORE.encode(), "docProps/app.xml": APP.encode(), "docProps/custom.xml": CUSTOM.encode()}
    return zipped(files)


def personal() -> bytes:
    """A document that tells a lot about who wrote it."""
    settings = (f'<w:settings {NAMESPACES}><w:attachedTemplate r:id="t"/><w:rsids><w:rsidRoot w:val="00A1"/></w:rsids>'
                '<w:trackRevisions/><w:documentProtection w:edit="trackedChanges" w:enforcement="1"/><w15:docId w15:val="{1}"/>'
                '<w:docVars><w:docVar w:name="client" w:val="secret"/></w:docVars></w:settings>')
    return with_properties(docx(
        '<w:p w:rsidR="00A1"><w:r w:rsidRPr="00A2"><w:t>Text</w:t></w:r></w:p>', p(ins("new")), settings=settings,
        links=f'<Relationship Id="cx" Type="{R}/customXml" Target="../customXml/item1.xml"/>',
        extra={"customXml/item1.xml": b"<client>secret</client>",
               "customXml/_rels/item1.xml.rels": links(("p", "customXmlProps", "itemProps1.xml")),
               "customXml/itemProps1.xml": b'<ds:datastoreItem xmlns:ds="ds" ds:itemID="{9}"/>',
               "word/_rels/settings.xml.rels": links(("t", "attachedTemplate", "!file://host/secret.dotx"))}))


def words(found: Scrubbed) -> list[str]:
    return sorted(each.words for each in found.removed)


def everything(data: bytes) -> bytes:
    return b"".join(unzipped(data).values())


def same_text(before: bytes, after: bytes) -> Contract:
    """Both read alike; gives the new contract."""
    found = read(after)
    assert found.paragraphs == read(before).paragraphs
    return found


def test_names_companies_paths_and_sessions_go() -> None:
    found = scrubbed(personal())
    for word in (b"Author", b"Boss", b"ACME", b"secret", b"rsid", b"Globex", b"docId", b"Matter"):
        assert word not in everything(found.data)
    assert words(found) == ["1 document variable", "1 set of custom data", "2 custom properties", "3 marks of editing sessions",
                            "how often it was saved", "the author", "the company", "the ids of the document", "the template",
                            "the title", "who saved it last"]
    assert scrub(personal()) == (found.data, tuple(each.words for each in found.removed))


def test_protection_and_tracking_stay() -> None:
    clean = everything(scrub(personal())[0])
    assert b"<w:trackRevisions/>" in clean and b'<w:documentProtection w:edit="trackedChanges" w:enforcement="1"/>' in clean


def test_what_can_be_read_stays_also_who_made_a_tracked_change() -> None:
    same_text(personal(), scrub(personal())[0])


def test_scrubbing_twice_is_scrubbing_once() -> None:
    clean, _ = scrub(personal())
    assert scrub(clean) == (clean, ())


def test_a_document_without_personal_data_keeps_its_parts() -> None:
    data = docx(p("rsid"))
    clean, removed = scrub(data)
    assert removed == ()
    assert unzipped(clean) == unzipped(data)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_is_kept_by_name_stays_and_nothing_else_does(kind: str) -> None:
    usual = {each.kind for each in scrubbed(personal()).removed}
    kept = scrubbed(personal(), keep=[kind])
    assert {each.kind for each in kept.removed} == usual - {kind}
    if kind in usual:
        assert unzipped(kept.data) != unzipped(scrub(personal())[0])


def test_keeping_everything_changes_nothing() -> None:
    assert unzipped(scrub(personal(), keep=KINDS, also=ON_REQUEST)[0]) == unzipped(personal())


def test_an_unknown_name_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(ValueError, match=r"proprties: none of properties, title, rsids"):
        scrub(docx(p("x")), keep=["proprties"])
    with pytest.raises(ValueError, match=r"rsids: none of pictures"):
        scrub(docx(p("x")), also=["rsids"])


def test_custom_data_that_a_content_control_shows_stays() -> None:
    bound = '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/x" w:storeItemID="{}"/></w:sdtPr><w:sdtContent>' + p("x") + "</w:sdtContent></w:sdt>"
    parts = {f"customXml/item{n}.xml": b"<x>1</x>" for n in (1, 2)}
    parts |= {f"customXml/_rels/item{n}.xml.rels": links(("p", "customXmlProps", f"itemProps{n}.xml")) for n in (1, 2)}
    parts |= {f"customXml/itemProps{n}.xml": f'<ds:datastoreItem xmlns:ds="ds" ds:itemID="{{A{n}}}"/>'.encode() for n in (1, 2)}
    to = "".join(f'<Relationship Id="cx{n}" Type="{R}/customXml" Target="../customXml/item{n}.xml"/>' for n in (1, 2))
    one = scrubbed(docx(bound.replace("{}", "{a2}"), extra=parts, links=to))
    assert {part for part in unzipped(one.data) if "item" in part} == {
        "customXml/item2.xml", "customXml/itemProps2.xml", "customXml/_rels/item2.xml.rels"}
    assert [each.words for each in one.left] == ["1 set of custom data that the text shows"]
    both = scrubbed(docx(bound.replace(' w:storeItemID="{}"', ""), extra=parts, links=to))
    assert "customXml/item1.xml" in unzipped(both.data) and both.removed == ()


def test_properties_and_variables_that_fields_show_stay() -> None:
    settings = (f'<w:settings {NAMESPACES}><w:docVars><w:docVar w:name="client" w:val="ACME"/><w:docVar w:name="x" w:val="y"/>'
                "</w:docVars></w:settings>")
    data = with_properties(docx(
        p(field(" AUTHOR ", r("Ann Author"))), p(field(' DOCPROPERTY "Matter" \\* MERGEFORMAT', r("M-1"))),
        p(f'<w:fldSimple w:instr="DOCVARIABLE client">{r("ACME")}</w:fldSimple>'), settings=settings))
    found = scrubbed(data)
    clean = everything(found.data)
    assert b"<dc:creator>Ann Author" in clean and b'"Matter"' in clean and b'w:name="client"' in clean
    assert b"MSIP" not in clean and b'w:name="x"' not in clean and b"Boss" not in clean
    assert [each.words for each in found.left] == ["the author, which the text shows", "1 custom property that the text shows"]
    assert scrub(found.data)[1] == ()


def test_properties_that_cannot_be_read_go_as_a_whole() -> None:
    files = unzipped(with_properties(docx(p("x"))))
    files["docProps/core.xml"] = b"<torn"
    found = scrubbed(zipped(files))
    assert "docProps/core.xml" not in unzipped(found.data)
    assert "properties that cannot be read" in words(found)


def test_internal_comments_go_and_others_stay() -> None:
    extended = (f'<w15:commentsEx {NAMESPACES}><w15:commentEx w15:paraId="0A" w15:done="1"/>'
                '<w15:commentEx w15:paraId="0B" w15:paraIdParent="0A" w15:done="0"/><w15:commentEx w15:paraId="0C" w15:done="0"/>'
                "</w15:commentsEx>")
    part = comments(comment(0, "Can we?", para="0A"), comment(1, "No.", who="Our boss", para="0B"),
                    comment(2, "Why?", who="Bob", para="0C"))
    data = docx(p(about(0, "x"), about(1), about(2, "y")), comments=part, extended=extended)
    ours = own_threads(read(data).comments, ["ANN", "our boss"])
    assert ours == {"0", "1"}
    found = scrubbed(data, internal=ours)
    assert words(found) == ["2 internal comments"]
    assert [one.text for one in same_text(data, found.data).comments] == ["Why?"]
    for word in (b"Can we", b"0A", b"0B", b"Our boss"):
        assert word not in everything(found.data)
    assert scrub(data, internal=ours, keep=["comments"])[1] == ()
    assert scrub(data)[1] == ()


def test_a_thread_in_which_the_other_side_speaks_is_not_ours_alone() -> None:
    extended = (f'<w15:commentsEx {NAMESPACES}><w15:commentEx w15:paraId="0A" w15:done="0"/>'
                '<w15:commentEx w15:paraId="0B" w15:paraIdParent="0A" w15:done="0"/></w15:commentsEx>')
    part = comments(comment(0, "Can we?", para="0A"), comment(1, "No.", who="Bob", para="0B"))
    data = docx(p(about(0, "x"), about(1)), comments=part, extended=extended)
    assert own_threads(read(data).comments, ["Ann"]) == frozenset()


def test_accounts_go_and_names_in_the_text_stay() -> None:
    people = (f'<w15:people {NAMESPACES}><w15:person w15:author="Ann"><w15:presenceInfo w15:providerId="AD" '
              'w15:userId="S::ann@acme.com::1"/></w15:person><w15:person w15:author="Carl"><w15:presenceInfo w15:providerId="AD" '
              'w15:userId="carl@acme.com"/></w15:person></w15:people>').encode()
    to = f'<Relationship Id="pp" Type="{R}/people" Target="people.xml"/>'
    named = scrubbed(docx(p(ins("x")), links=to, extra={"word/people.xml": people}))
    assert b"acme.com" not in everything(named.data) and b"Carl" not in everything(named.data)
    assert b'w15:author="Ann"' in unzipped(named.data)["word/people.xml"]
    assert words(named) == ["1 account of a person", "1 person whom the text does not name"]
    assert words(scrubbed(docx(p("x"), links=to, extra={"word/people.xml": people}))) == ["the list of people"]


def test_permissions_stay_as_the_protection_does_and_are_told() -> None:
    data = docx(p('<w:permStart w:id="1" w:ed="ann@acme.com"/>', "x", '<w:permEnd w:id="1"/>'))
    found = scrubbed(data)
    assert ([each.words for each in found.left], found.removed) == (["1 permission to edit that names an account"], ())


def test_hidden_text_goes_and_all_that_is_seen_stays() -> None:
    data = docx(p("seen ", r("unseen", look="<w:vanish/>"), ins(r("new, unseen", look="<w:vanish/>")), " end"),
                p(r("by style", look='<w:rStyle w:val="h"/>')), p(r("one", look="<w:vanish/>"), num="1"), p("two", num="1"),
                styles=styles(style("h", kind="character", inner="<w:rPr><w:vanish/></w:rPr>")), numbering=numbering(level(0, "%1.")))
    found = scrubbed(data)
    assert (words(found), found.left) == (["4 pieces of hidden text"], ())
    assert labelled(read(found.data)) == ["|seen  end", "|", "1.|", "2.|two"]
    assert b"unseen" not in everything(found.data)
    kept = scrubbed(data, keep=["hidden"])
    assert ([each.words for each in kept.left], kept.removed) == (["4 pieces of hidden text"], ())
    same_text(data, kept.data)


def test_entries_of_an_index_stay_though_word_hides_them() -> None:
    entry = field('XE "fees"', "").replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>")
    assert words(scrubbed(docx(p("The fee", entry)))) == []


def test_folders_go_from_links_pictures_and_fields() -> None:
    picture = (r'<w:r><w:pict><v:shape alt="C:\Users\ann\Logo of ACME.png"/></w:pict></w:r>')
    split = (r(inner='<w:fldChar w:fldCharType="begin"/>') + r(inner=r'<w:instrText> INCLUDEPICTURE "C:\\Users\\an</w:instrText>')
             + r(inner=r'<w:instrText>n\\logo.png" \* MERGEFORMAT</w:instrText>') + r(inner='<w:fldChar w:fldCharType="end"/>'))
    to = (f'<Relationship Id="h" Type="{R}/hyperlink" Target="file:///C:\\Users\\ann\\My%20terms.docx" TargetMode="External"/>'
          f'<Relationship Id="w" Type="{R}/hyperlink" Target="https://acme.com/users/ann/" TargetMode="External"/>')
    data = docx(p(f'<w:hyperlink r:id="h">{r("terms")}</w:hyperlink>', f'<w:hyperlink r:id="w">{r("web")}</w:hyperlink>'), p(picture),
                p(split), links=to)
    found = scrubbed(data)
    clean = everything(found.data)
    assert b"Users" not in clean and b'Target="My%20terms.docx"' in clean and b'alt="Logo of ACME.png"' in clean
    assert b"https://acme.com/users/ann/" in clean
    assert b' INCLUDEPICTURE "' in clean and b'logo.png" \\* MERGEFORMAT' in clean
    assert words(found) == ["1 folder in a field", "1 folder in a link", "1 folder in the name of a picture"]
    assert scrub(found.data)[1] == ()


def test_what_an_add_in_keeps_in_a_field_is_told_and_not_touched() -> None:
    data = docx(p(field(r' ADDIN ITEM {"text":"\\rtf\\b","at":"C:\\x\\y"}', r("[1]"))))
    found = scrubbed(data)
    assert ([each.words for each in found.left], found.removed) == (["1 field with data of an add-in"], ())
    assert unzipped(found.data) == unzipped(data)


def test_a_path_is_known_in_all_its_spellings() -> None:
    local = [r"C:\a\x.png", "c:/a/x.png", "file:///C:/a/x.png", r"file:///C:\a\x.png", r"\\host\share\x.png", "file://host/share/x.png",
             "/Users/ann/x.png", "file:///home/ann/x.png", "/home/ann/x.png"]
    assert [file_name(path) for path in local] == ["x.png"] * len(local)
    for other in ("https://a.b/c:/x", "Users/Admins", "x.png", "Ratio A:B", "home/garden", "", "mailto:a@b.c"):
        assert file_name(other) is None


def test_parts_that_nothing_refers_to_go() -> None:
    data = docx(p("x"), extra={"[trash]/0000.dat": b"old text", "word/document.xml~": b"older text"})
    found = scrubbed(data)
    assert words(found) == ["2 parts that nothing refers to"]
    assert b"old" not in everything(found.data)


@pytest.mark.parametrize(("extra", "package_links", "said"), [
    ({"docMetadata/LabelInfo.xml": b"<l/>"}, [("l", "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels",
                                               "docMetadata/LabelInfo.xml")], "a sensitivity label"),
    ({"docProps/thumbnail.jpeg": b"\xff\xd8"}, [("t", f"{META}/thumbnail", "docProps/thumbnail.jpeg")], "the preview picture"),
    ({"word/webextensions/taskpanes.xml": b"<t/>", "word/webextensions/webextension1.xml": b"<x>secret</x>",
      "word/webextensions/_rels/taskpanes.xml.rels": links(("w", "webextension", "webextension1.xml"))},
     [("a", "http://schemas.microsoft.com/office/2011/relationships/webextensiontaskpanes", "word/webextensions/taskpanes.xml")],
     "add-ins and toolbars"),
])
def test_parts_that_are_no_text_go_with_what_they_lead_to(extra: Mapping[str, bytes], package_links: list[tuple[str, str, str]],
                                                          said: str) -> None:
    files = unzipped(docx(p("x"), extra=extra))
    files["_rels/.rels"] = links(("m", "officeDocument", "word/document.xml"), *package_links)
    found = scrubbed(zipped(files))
    assert words(found) == [said]
    assert set(unzipped(found.data)) == set(unzipped(docx(p("x"))))


def test_a_mail_merge_goes_with_its_source() -> None:
    settings = f'<w:settings {NAMESPACES}><w:mailMerge><w:dataSource r:id="d"/></w:mailMerge></w:settings>'
    data = docx(p("x"), settings=settings, extra={
        "word/_rels/settings.xml.rels": links(("d", "mailMergeSource", r"!file:///C:\Users\ann\clients.xlsx"))})
    found = scrubbed(data)
    assert words(found) == ["the mail merge source"]
    assert b"clients" not in everything(found.data)


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    body = b"".join(struct.pack(">I4s", len(data), kind) + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks)
    return b"\x89PNG\r\n\x1a\n" + body


def jpeg(*segments: tuple[int, bytes]) -> bytes:
    head = b"".join(struct.pack(">BBH", 255, kind, len(data) + 2) + data for kind, data in segments)
    return b"\xff\xd8" + head + b"\xff\xda\0\2scan\xff\xd9"


def test_pictures_lose_what_they_tell_only_when_asked_for() -> None:
    talking = png((b"IHDR", b"1"), (b"tEXt", b"Author\0Ann"), (b"IDAT", b"2"), (b"IEND", b""))
    quiet = png((b"IHDR", b"1"), (b"IDAT", b"2"), (b"IEND", b""))
    data = docx(p("x"), extra={"word/media/image1.png": talking},
                links=f'<Relationship Id="i" Type="{R}/image" Target="media/image1.png"/>')
    usual = scrubbed(data)
    assert [each.words for each in usual.left] == ["1 picture with data about camera or program"]
    assert unzipped(usual.data)["word/media/image1.png"] == talking
    assert unzipped(scrub(data, also=["pictures"])[0])["word/media/image1.png"] == quiet


def test_a_photograph_that_is_to_be_turned_still_is() -> None:
    tiff = b"II*\0\x08\0\0\0" + struct.pack("<HHHIHHHHII", 2, 0x0112, 3, 1, 6, 0, 0x010F, 2, 4, 0x6E6E41) + b"\0\0\0\0"
    quiet = silent(jpeg((0xE0, b"JFIF"), (0xE1, b"Exif\0\0" + tiff), (0xE1, b"http://ns.adobe.com/xap/1.0/\0<x/>"), (0xFE, b"by Ann")))
    assert b"Ann" not in quiet and b"adobe" not in quiet and quiet.endswith(b"scan\xff\xd9") and b"JFIF" in quiet
    assert silent(quiet) == quiet
    assert struct.pack(">HHIH", 0x0112, 3, 1, 6) in quiet
    plain = jpeg((0xE0, b"JFIF"))
    assert silent(plain) == plain
    assert silent(b"\xff\xd8\xff\xe1") == b"\xff\xd8\xff\xe1"


def test_embedded_files_are_told() -> None:
    data = docx(p("x"), extra={"word/embeddings/book.xlsx": b"PK"},
                links=f'<Relationship Id="o" Type="{R}/package" Target="embeddings/book.xlsx"/>')
    assert [each.words for each in scrubbed(data).left] == ["1 embedded file with properties of its own"]


def test_the_date_of_a_tracked_change_stays() -> None:
    assert DATE.encode() in everything(scrub(docx(p(ins("x"))))[0])
