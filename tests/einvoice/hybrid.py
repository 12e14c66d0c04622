#!/usr/bin/env python3
"""What other programs make of PDFs: their structure for archives (PDF/A-3b) and as hybrid invoices.

    hybrid.py FOLDER

A file is called NAME.plain.pdf or NAME.hybrid.pdf. One line of JSON per file: what is wrong with it,
and the XML that `facturx` takes out of a hybrid one. veraPDF needs Java; what is looked at here is what
ISO 19005-3 asks of a paper of text, lines and a picture, and what Factur-X asks beyond it.
"""

import io
import json
import pathlib
import sys

import facturx
import pikepdf
from lxml import etree
from PIL import Image, ImageCms

FX = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
PDFA = "http://www.aiim.org/pdfa/ns/id/"
PROPERTY = "{http://www.aiim.org/pdfa/ns/property#}"
PDF = "http://ns.adobe.com/pdf/1.3/"
XMP = "http://ns.adobe.com/xap/1.0/"
DC = "http://purl.org/dc/elements/1.1/"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"

FX_PROPERTIES = {
    "DocumentFileName": "factur-x.xml",
    "DocumentType": "INVOICE",
    "Version": "1.0",
    "ConformanceLevel": "EN 16931",
}


class Paper:
    def __init__(self, path):
        self.bytes = path.read_bytes()
        self.pdf = pikepdf.open(io.BytesIO(self.bytes))
        self.root = self.pdf.Root
        self.faults = []

    def want(self, is_so, text):
        if not is_so:
            self.faults.append(text)

    def archive(self):
        self.want(self.bytes[:8] == b"%PDF-1.7", "version")
        self.want(min(self.bytes[10:14]) > 127, "no bytes above 127 in the second line")
        self.want("/Encrypt" not in self.pdf.trailer, "encrypted")
        ids = self.pdf.trailer.get("/ID", [])
        self.want(len(ids) == 2 and all(len(bytes(each)) == 16 for each in ids), "ID")
        for key in ("/OpenAction", "/AA", "/JavaScript", "/AcroForm", "/OCProperties"):
            self.want(key not in self.root, key)
        intents = self.root.get("/OutputIntents", [])
        self.want(len(intents) == 1 and intents[0].S == "/GTS_PDFA1", "output intent")
        self.colours(intents[0].DestOutputProfile)
        self.metadata()
        for page in self.pdf.pages:
            self.page(page.obj)

    def colours(self, profile):
        """The profile is sRGB: what another program calls sRGB comes out the same."""
        self.want(int(profile.N) == 3, "number of colours")
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile.read_bytes()))
        self.want(own.profile.device_class == "mntr" and own.profile.xcolor_space == "RGB ", "class of the profile")
        known = ImageCms.createProfile("sRGB")
        change = ImageCms.buildTransform(own, known, "RGB", "RGB")
        ramp = [(r, g, b) for r in range(0, 256, 51) for g in range(0, 256, 51) for b in range(0, 256, 51)]
        picture = Image.new("RGB", (len(ramp), 1))
        picture.putdata(ramp)
        got = list(ImageCms.applyTransform(picture, change).getdata())
        off = max(abs(x - y) for pair in zip(ramp, got) for x, y in zip(*pair))
        self.want(off <= 1, f"the profile is {off} off sRGB")

    def metadata(self):
        stream = self.root.Metadata
        self.want("/Filter" not in stream, "the metadata is compressed")
        self.want(stream.Type == "/Metadata" and stream.Subtype == "/XML", "type of the metadata")
        tree = etree.fromstring(bytes(stream.read_raw_bytes()))

        def value(namespace, name):
            found = tree.findall(f".//{{{namespace}}}{name}")
            return "".join(found[0].itertext()).strip() if len(found) == 1 else None

        self.value = value
        self.tree = tree
        self.want((value(PDFA, "part"), value(PDFA, "conformance")) == ("3", "B"), "not PDF/A-3b")
        info = self.pdf.trailer.Info
        self.want(set(info.keys()) <= {"/Title", "/Author", "/Creator", "/Producer", "/CreationDate", "/ModDate", "/Trapped"}, "information")
        for key, space, name in (
            ("/Title", DC, "title"),
            ("/Author", DC, "creator"),
            ("/Creator", XMP, "CreatorTool"),
            ("/Producer", PDF, "Producer"),
        ):
            self.want(str(info[key]) == value(space, name), f"{key} is not that of the metadata")
        for key, name in (("/CreationDate", "CreateDate"), ("/ModDate", "ModifyDate")):
            day = value(XMP, name)
            self.want(str(info[key]) == f"D:{day[:10].replace('-', '')}000000+00'00'", f"{key} is not that of the metadata")
        packet = bytes(stream.read_raw_bytes())
        self.want(b"\n\x00" not in packet and packet.startswith(b"<?xpacket begin="), "packet")

    def page(self, page):
        self.want("/Group" not in page or page.Group.get("/S") != "/Transparency", "transparency")
        resources = page.Resources
        fonts = resources.get("/Font", {})
        self.want(len(fonts) > 0, "no fonts")
        for font in fonts.values():
            self.font(font)
        for state in resources.get("/ExtGState", {}).values():
            for key in ("/ca", "/CA"):
                self.want(float(state.get(key, 1)) == 1, "transparency")
            self.want(state.get("/SMask", "/None") == "/None", "a soft mask")
            self.want("/TR" not in state and "/HTP" not in state, "a transfer function")
        for picture in resources.get("/XObject", {}).values():
            self.want("/SMask" not in picture, "a soft mask")
            self.want(picture.get("/Interpolate", False) in (False, None) or not bool(picture.Interpolate), "interpolated")
            self.want(picture.get("/ColorSpace") in ("/DeviceRGB", "/DeviceGray"), f"colours of a picture: {picture.get('/ColorSpace')}")

    def font(self, font):
        name = str(font.BaseFont)
        self.want(font.Subtype == "/Type0" and font.Encoding == "/Identity-H", f"{name}: kind")
        self.want("/ToUnicode" in font, f"{name}: no text")
        below = font.DescendantFonts[0]
        descriptor = below.FontDescriptor
        files = [key for key in ("/FontFile", "/FontFile2", "/FontFile3") if key in descriptor]
        self.want(len(files) == 1, f"{name}: not embedded")
        self.want(below.Subtype != "/CIDFontType2" or below.get("/CIDToGIDMap") == "/Identity", f"{name}: glyphs")
        self.want("/CIDSet" not in descriptor, f"{name}: CIDSet")
        self.want(below.CIDSystemInfo.Ordering == "Identity", f"{name}: order")

    def hybrid(self):
        files = self.root.get("/AF", [])
        names = self.root.Names.EmbeddedFiles.Names
        self.want(len(files) == 1 and len(names) == 2, "not one file")
        self.want(files[0].objgen == names[1].objgen and files[0].is_indirect, "two files")
        self.want(str(names[0]) == "factur-x.xml", "name")
        spec = files[0]
        self.want(spec.Type == "/Filespec" and spec.AFRelationship == "/Alternative", "relationship")
        self.want(str(spec.F) == str(spec.UF) == "factur-x.xml" and str(spec.Desc) != "", "names")
        stream = spec.EF.F
        self.want(spec.EF.UF.objgen == stream.objgen, "two streams")
        self.want(stream.Type == "/EmbeddedFile" and stream.Subtype == "/text/xml", "type of the file")
        self.want(int(stream.Params.Size) == len(stream.read_bytes()), "size")
        self.want(str(stream.Params.ModDate) == str(self.pdf.trailer.Info.ModDate), "date of the file")
        for name, wanted in FX_PROPERTIES.items():
            self.want(self.value(FX, name) == wanted, f"fx:{name} is {self.value(FX, name)}")
        described = [each.text for each in self.tree.iter(f"{PROPERTY}name")]
        self.want(sorted(described) == sorted(FX_PROPERTIES), "extension schema")
        name, xml = facturx.get_xml_from_pdf(io.BytesIO(self.bytes), check_xsd=True, check_schematron=False)
        self.want(name == "factur-x.xml", f"facturx reads {name}")
        self.want(xml == stream.read_bytes(), "facturx reads something else")
        level = facturx.get_level(etree.fromstring(xml))
        self.want(level == "en16931", f"facturx reads level {level}")
        return xml.decode()


def main(folder):
    for path in sorted(pathlib.Path(folder).glob("*.pdf")):
        paper = Paper(path)
        paper.archive()
        xml = None
        if path.name.endswith(".hybrid.pdf"):
            xml = paper.hybrid()
        else:
            paper.want("/AF" not in paper.root and "/Names" not in paper.root, "a file inside")
            paper.want(FX.encode() not in paper.bytes, "fx")
        print(json.dumps({"file": path.name, "faults": paper.faults, "xml": xml}))


if __name__ == "__main__":
    main(sys.argv[1])
