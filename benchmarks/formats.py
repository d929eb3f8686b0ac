"""Files of all formats, made here: what the tests of the readers and the benchmark of archives read."""

import base64
import io
import quopri
import re
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def zipped(members):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members:
            file.writestr(name, data)
    return held.getvalue()


def p(text, style="", numbered=None, more=""):
    """A paragraph of Word's XML; ``numbered`` is (list, level)."""
    of = f'<w:pStyle w:val="{style}"/>' if style else ""
    if numbered:
        of += f'<w:numPr><w:ilvl w:val="{numbered[1]}"/><w:numId w:val="{numbered[0]}"/></w:numPr>'
    return f"<w:p><w:pPr>{of}</w:pPr><w:r><w:t xml:space='preserve'>{text}</w:t></w:r>{more}</w:p>"


def level(at, number_format, text, more="", start=1):
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(key, *levels):
    return f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'


def num(key, abstract_key, more=""):
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{abstract_key}"/>{more}</w:num>'


def docx(body, numbering="", styles="", footnotes=""):
    parts = {
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/officeDocument"'
        ' Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/numbering.xml": f"<w:numbering {W}>{numbering}</w:numbering>",
        "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
        "word/footnotes.xml": f"<w:footnotes {W}>{footnotes}</w:footnotes>",
        "word/header1.xml": f"<w:hdr {W}>{p('页眉')}</w:hdr>",
        "word/comments.xml": f"<w:comments {W}><w:comment>{p('批注')}</w:comment></w:comments>",
    }
    return zipped(parts.items())


def page(title, body):
    """A page of a web site around a body: menus, side bar, advertising, foot."""
    links = "".join(f"<li><a href='#'>{x}</a></li>" for x in ("首页", "工会概况", "政策法规", "下载中心"))
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title} - 某站</title><style>p{{}}</style></head><body>"
        f"<div class='nav'><ul>{links}</ul></div><div id='sidebar'><h3>热门</h3><ul>{links}</ul></div>{body}"
        "<div class='ad'><script>var a=1;</script><a href='x'>广告：点此下载</a></div>"
        "<div class='footer'><p>版权所有 某某网络 京ICP备12345678号</p><p>技术支持：某某网络</p></div></body></html>"
    )


def mhtml(data, encoding="quoted-printable"):
    """A page as browsers save it in one file."""
    packed = base64.encodebytes(data) if encoding == "base64" else quopri.encodestring(data)
    head = (
        'From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";'
        f'\r\n\tboundary="----=_x"\r\n\r\n------=_x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n'
    )
    return head.encode() + packed + b"\r\n------=_x--\r\n"


def pdf(pages, width=32, running="", numbered=True):
    """A PDF file: paragraphs set in lines of ``width`` characters, on pages with a running head and their numbers.

    ``pages`` are lists of paragraphs; one of several cells (a tuple) is a row.
    """
    size, left = 12, 72
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "", "", "", "", ""]
    chars, kids = set(), []
    for number, paragraphs in enumerate(pages, 1):
        drawn = []
        if running:
            drawn.append((left, 800, running))
        y = 760
        for paragraph in paragraphs:
            if isinstance(paragraph, tuple):
                drawn += [(left + 140 * k, y, cell) for k, cell in enumerate(paragraph)]
                y -= 20
                continue
            for x, line in set_lines(paragraph, width):
                drawn.append((left + x * size, y, line))
                y -= 20
        if numbered:
            drawn.append((280, 40, f"- {number} -"))
        chars |= {c for _, _, line in drawn for c in line}
        stream = "".join(
            f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm <{line.encode('utf-16-be').hex()}> Tj ET\n" for x, y, line in drawn
        )
        kids.append(len(objects) + 1)
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {len(objects) + 2} 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
        )
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}endstream")
    known = "".join(f"<{c.encode('utf-16-be').hex()}> <{c.encode('utf-16-be').hex()}>\n" for c in sorted(chars))
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{len(chars)} beginbfchar\n{known}endbfchar\nendcmap end end\n"
    )
    narrow = "".join(f"{ord(c)}[500]" for c in sorted(chars) if c.isascii())
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{k} 0 R' for k in kids)}]>>"
    objects[2] = "<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>"
    objects[3] = (
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/Song/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        f"/DW 1000/W[{narrow}]/FontDescriptor 5 0 R>>"
    )
    objects[4] = (
        "<</Type/FontDescriptor/FontName/Song/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900/Descent -200"
        "/CapHeight 700/StemV 80>>"
    )
    objects[5] = f"<</Length {len(cmap)}>>stream\n{cmap}endstream"
    return pdf_file(objects)


def set_lines(paragraph, width):
    """A paragraph in lines: its first with an indent of two characters, a mark and a title at the edge."""
    x, held, room = (2, "", width - 2) if paragraph.endswith("。") else (0, "", width)
    for c in paragraph:
        size = 0.5 if c.isascii() else 1
        if room < size:
            yield x, held
            x, held, room = 0, "", width
        held += c
        room -= size
    yield x, held


def pdf_file(objects):
    out, places = b"%PDF-1.4\n", []
    for n, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{n} 0 obj\n".encode() + (one if isinstance(one, bytes) else one.encode()) + b"\nendobj\n"
    table = "".join(f"{at:010d} 00000 n \n" for at in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\n"
    return out + end.encode() + f"startxref\n{len(out)}\n%%EOF\n".encode()


def scan():
    """A PDF file of one picture and no text."""
    picture = b"<</Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8/Length 4>>stream\n\0\1\2\3\nendstream"
    draw = "q 500 0 0 700 0 0 cm /I Do Q"
    return pdf_file([
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
        f"<</Length {len(draw)}>>stream\n{draw}\nendstream",
        picture,
    ])  # fmt: skip


def rtf(lines):
    """An RTF file as Chinese Word writes it: bytes of GBK, the number of an item in a group beside it."""

    def escaped(text):
        return "".join(f"\\'{b:02x}" if b > 127 else chr(b) for b in text.encode("gb18030"))

    body = ""
    for line in lines:
        if isinstance(line, tuple):
            body += "\\trowd" + "".join(f"\\intbl {escaped(cell)}\\cell" for cell in line) + "\\row\n"
            continue
        mark, text = marked(line)
        listed = f"{{\\listtext\\pard\\plain {escaped(mark)}\\tab}}" if mark else ""
        body += f"{listed}\\pard {escaped(text)}\\par\n"
    head = (
        "{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0\\fcharset134 "
        + escaped("宋体")
        + ";}}{\\info{\\title T}}{\\header\\pard H\\par}"
    )
    return f"{head}\n{body}}}".encode("ascii")


def marked(line):
    """The mark of a line, as 一、 or （一）, and the rest."""
    found = re.match(r"[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）", line)
    return (found[0], line[found.end() :]) if found else ("", line)


def odt(lines):
    """An OpenDocument text whose lists are numbered by themselves."""
    names = {
        name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
        for name in ("office", "text", "style", "table", "draw")
    }
    body = ""
    for line in lines:
        if isinstance(line, tuple):
            cells = "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in line)
            body += f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
            continue
        mark, text = marked(line)
        item = f"<text:p>{text}</text:p>"
        if mark.startswith("（"):
            item = f"<text:list><text:list-item>{item}</text:list-item></text:list>"
        body += (
            f'<text:list text:style-name="L" text:continue-numbering="true"><text:list-item>{item}</text:list-item></text:list>'
            if mark
            else item
        )
    levels = "".join(
        f'<text:list-level-style-number text:level="{n}" style:num-format="一, 二, 三, ..." style:num-prefix="{before}"'
        f' style:num-suffix="{behind}"/>'
        for n, before, behind in ((1, "", "、"), (2, "（", "）"))
    )
    spaces = " ".join(f'xmlns:{k}="{v}"' for k, v in names.items())
    styles = (
        f'<office:automatic-styles><text:list-style style:name="L">{levels}</text:list-style></office:automatic-styles>'
    )
    content = f"<office:document-content {spaces}>{styles}<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    return zipped([("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", content)])


def xlsx(*sheets):
    """A workbook of sheets (name, rows)."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts = [
        ("[Content_Types].xml", "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"),
        (
            "_rels/.rels",
            f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        ),
        (
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{OFFICE}"><sheets>'
            + "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, (name, _) in enumerate(sheets, 1))
            + "</sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{RELATIONS}">'
            + "".join(
                f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
                for n in range(1, len(sheets) + 1)
            )
            + "</Relationships>",
        ),
    ]
    for n, (_, rows) in enumerate(sheets, 1):
        cells = ""
        for r, row in enumerate(rows, 1):
            held = "".join(
                f'<c r="{chr(65 + c)}{r}"><v>{value}</v></c>'
                if isinstance(value, int)
                else f'<c r="{chr(65 + c)}{r}" t="inlineStr"><is><t>{value}</t></is></c>'
                for c, value in enumerate(row)
            )
            cells += f'<row r="{r}">{held}</row>'
        parts.append(
            (f"xl/worksheets/sheet{n}.xml", f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>')
        )
    return zipped(parts)


def members(data):
    """The members of a zipped file, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return [(info.filename, file.read(info)) for info in file.infolist()]


def damaged(data, rng, inside=False):
    """A file with bytes changed, lost, told twice or cut off; ``inside`` in one XML part of a zipped one."""
    if inside:
        parts = members(data)
        chosen = rng.choice([name for name, _ in parts if name.endswith(".xml")])
        return zipped([(name, damaged(part, rng) if name == chosen else part) for name, part in parts])
    out = bytearray(data)
    for _ in range(rng.choice([1, 2, 5, 20, 100])):
        at, how = rng.randrange(len(out) + 1), rng.random()
        if how < 0.5:
            out[at : at + 1] = bytes([rng.randrange(256)])
        elif how < 0.65:
            del out[at : at + rng.randrange(1, 200)]
        elif how < 0.8:
            out[at:at] = out[rng.randrange(len(out) + 1) :][: rng.randrange(300)]
        elif how < 0.95:
            out[at : at + 4] = rng.choice([b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", b"\1\0\0\0"])
        else:
            del out[at:]
    return bytes(out)
