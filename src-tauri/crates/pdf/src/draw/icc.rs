//! The colours of the paper: sRGB (IEC 61966-2-1) as an ICC profile of version 4.2, which PDF/A
//! wants to have inside. Its figures are those of the standard, in 16.16 fixed point, so no file
//! of somebody else is copied.

/// Curve of all three colours: a power of 2.4 above 0.04045, a line below (parametric type 3).
const CURVE: [u32; 5] = [
    0x0002_6666,
    0x0000_F2A7,
    0x0000_0D59,
    0x0000_13D0,
    0x0000_0A5B,
];

/// Red, green and blue, seen in the light D50 of the profile connection space.
const RED: [u32; 3] = [0x6FA2, 0x38F5, 0x0390];
const GREEN: [u32; 3] = [0x6299, 0xB785, 0x18DA];
const BLUE: [u32; 3] = [0x24A0, 0x0F84, 0xB6CF];
const D50: [u32; 3] = [0xF6D6, 0x0001_0000, 0xD32D];

/// From the light D65 of screens to D50, by Bradford's matrix.
const ADAPTATION: [u32; 9] = [
    0x0001_0C42,
    0x0000_05DE,
    0xFFFF_F325,
    0x0000_0793,
    0x0000_FD90,
    0xFFFF_FBA1,
    0xFFFF_FDA2,
    0x0000_03DC,
    0x0000_C06E,
];

const NAME: &str = "sRGB IEC 61966-2-1";
const RIGHTS: &str = "No copyright, use freely";

/// The bytes of the profile.
pub(super) fn srgb() -> Vec<u8> {
    let curve = typed(b"para", &[&[0, 3, 0, 0], bytes(&CURVE).as_slice()].concat());
    let tags: [(&[u8; 4], Vec<u8>); 10] = [
        (b"desc", text(NAME)),
        (b"cprt", text(RIGHTS)),
        (b"wtpt", typed(b"XYZ ", &bytes(&D50))),
        (b"chad", typed(b"sf32", &bytes(&ADAPTATION))),
        (b"rXYZ", typed(b"XYZ ", &bytes(&RED))),
        (b"gXYZ", typed(b"XYZ ", &bytes(&GREEN))),
        (b"bXYZ", typed(b"XYZ ", &bytes(&BLUE))),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
    ];
    let mut table = number(tags.len());
    let mut data: Vec<u8> = Vec::new();
    let begin = HEADER + 4 + tags.len() * 12;
    for (name, value) in &tags {
        table.extend(*name);
        table.extend(number(begin + data.len()));
        table.extend(number(value.len()));
        data.extend(value);
        // The next one begins at a multiple of four.
        data.resize(data.len().next_multiple_of(4), 0);
    }
    [header(begin + data.len()), table, data].concat()
}

const HEADER: usize = 128;

fn header(size: usize) -> Vec<u8> {
    let mut header = number(size);
    header.extend([0; 4]);
    header.extend([4, 0x20, 0, 0]);
    header.extend(b"mntrRGB XYZ ");
    // Made on 1 November 2026.
    header.extend([0x07, 0xEA, 0, 11, 0, 1, 0, 0, 0, 0, 0, 0]);
    header.extend(b"acsp");
    // No platform, flags, maker, model or attributes; perceptual.
    header.extend([0; 28]);
    header.extend(bytes(&D50));
    header.resize(HEADER, 0);
    header
}

fn typed(kind: &[u8; 4], value: &[u8]) -> Vec<u8> {
    [kind.as_slice(), &[0; 4], value].concat()
}

/// One text in American English.
fn text(text: &str) -> Vec<u8> {
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut value = [number(1), number(12), b"enUS".to_vec()].concat();
    value.extend(number(wide.len()));
    value.extend(number(28));
    value.extend(wide);
    typed(b"mluc", &value)
}

fn bytes(values: &[u32]) -> Vec<u8> {
    values
        .iter()
        .flat_map(|value| value.to_be_bytes())
        .collect()
}

fn number(value: usize) -> Vec<u8> {
    u32::try_from(value).unwrap_or(0).to_be_bytes().to_vec()
}
