//! Decoding what was uploaded, and encoding what is shown. Nothing of the original's bytes is passed on.

use bytes::Bytes;
use domain::catalog::Format;
use fast_image_resize::{
    PixelType, ResizeOptions, Resizer,
    images::{Image, ImageRef},
};
use image::{
    DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, RgbImage,
    codecs::jpeg::JpegEncoder, metadata::Orientation,
};
use std::io::Cursor;
use webp::WebPConfig;

/// The widths that a picture is kept in, as far as it is that wide, in pixels.
const WIDTHS: [u16; 8] = [160, 320, 480, 640, 800, 1000, 1200, 1600];
/// The longest side of what is taken in, in pixels.
const MAX_SIDE: u32 = 12_000;
/// The most that is taken in, in pixels.
pub(super) const MAX_MEGAPIXELS: u32 = 50;
const MAX_PIXELS: u64 = MAX_MEGAPIXELS as u64 * 1_000_000;
/// The memory that decoding may take, in bytes.
const MAX_MEMORY: u64 = 512 * 1024 * 1024;
const WEBP_QUALITY: f32 = 80.0;
/// How hard the encoder tries, from 0 to 6. At 2 it takes a third of the time of 4, and files are 6 % larger.
const WEBP_EFFORT: i32 = 2;
const JPEG_QUALITY: u8 = 80;

/// Why a picture was refused, in words for whom uploaded it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// More than 25 MB.
    #[error("This file is larger than 25 MB.")]
    TooLarge,
    /// Neither JPEG, PNG nor WebP, whatever its name says.
    #[error("This is not a picture that we can read. JPEG, PNG and WebP are.")]
    Unreadable,
    /// More pixels than a shop needs.
    #[error("This picture is too large: it may have {MAX_SIDE} pixels on a side and {} million in all.", MAX_PIXELS / 1_000_000)]
    TooWide,
    /// A file that is not there or must not be read.
    #[error("This file cannot be opened.")]
    Unopened,
}

/// A file to be kept.
pub(super) struct File {
    pub(super) width: u16,
    pub(super) format: Format,
    pub(super) bytes: Bytes,
}

/// A picture in all of its widths and formats.
pub(super) struct Encoded {
    pub(super) media_type: &'static str,
    pub(super) widths: Vec<u16>,
    pub(super) width: u16,
    pub(super) height: u16,
    pub(super) tone: String,
    pub(super) files: Vec<File>,
}

/// How many megapixels a picture says that it has, rounded up, and at most as many as are taken in: what is none, or larger,
/// is refused once somebody looks at it.
pub(super) fn megapixels(bytes: &[u8]) -> u32 {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let said = reader.ok().and_then(|reader| reader.into_dimensions().ok());
    let pixels = said.map_or(0, |(width, height)| u64::from(width) * u64::from(height));
    let megapixels = u32::try_from(pixels.div_ceil(1_000_000));
    megapixels.unwrap_or(u32::MAX).clamp(1, MAX_MEGAPIXELS)
}

/// Makes every width in every format. Takes tens to hundreds of milliseconds of CPU.
pub(super) fn encode(bytes: &[u8]) -> Result<Encoded, PictureError> {
    let (picture, media_type) = decode(bytes)?;
    let (full_width, full_height) = picture.dimensions();
    let mut widths: Vec<u16> = WIDTHS
        .into_iter()
        .filter(|width| u32::from(*width) <= full_width)
        .collect();
    if widths.is_empty() {
        widths.push(u16::try_from(full_width).map_err(|_| PictureError::TooWide)?);
    }
    let mut encoded = Encoded {
        media_type,
        tone: tone(&picture),
        width: 0,
        height: 0,
        files: Vec::with_capacity(widths.len() * 2),
        widths,
    };
    for width in encoded.widths.clone() {
        let height = (full_height * u32::from(width)).div_ceil(full_width).max(1);
        let sized = resize(&picture, u32::from(width), height)?;
        encoded.width = width;
        encoded.height = u16::try_from(height).map_err(|_| PictureError::TooWide)?;
        encoded.files.push(File {
            width,
            format: Format::Webp,
            bytes: webp(&sized)?,
        });
        encoded.files.push(File {
            width,
            format: Format::Jpeg,
            bytes: jpeg(&sized)?,
        });
    }
    Ok(encoded)
}

/// The picture the right way up, and what it was, whatever its name claims. Its size is known before it is unpacked.
fn decode(bytes: &[u8]) -> Result<(RgbImage, &'static str), PictureError> {
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|_| PictureError::Unreadable)?;
    let media_type = match reader.format() {
        Some(ImageFormat::Jpeg) => "image/jpeg",
        Some(ImageFormat::Png) => "image/png",
        Some(ImageFormat::WebP) => "image/webp",
        _ => return Err(PictureError::Unreadable),
    };
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| refusal(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS || decoder.total_bytes() > MAX_MEMORY {
        return Err(PictureError::TooWide);
    }
    // What cannot be read of how it was held leaves it as it is.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| refusal(&error))?;
    picture.apply_orientation(orientation);
    Ok((opaque(picture), media_type))
}

const fn refusal(error: &ImageError) -> PictureError {
    match error {
        ImageError::Limits(_) => PictureError::TooWide,
        _ => PictureError::Unreadable,
    }
}

/// What shows through is white.
fn opaque(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let picture = picture.into_rgba8();
    let mut plain = RgbImage::new(picture.width(), picture.height());
    for (to, from) in plain.pixels_mut().zip(picture.pixels()) {
        let [red, green, blue, alpha] = from.0.map(u32::from);
        let over = |channel: u32| {
            u8::try_from((channel * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
        };
        to.0 = [over(red), over(green), over(blue)];
    }
    plain
}

fn resize(picture: &RgbImage, width: u32, height: u32) -> Result<RgbImage, PictureError> {
    if picture.dimensions() == (width, height) {
        return Ok(picture.clone());
    }
    let (full_width, full_height) = picture.dimensions();
    let source = ImageRef::new(full_width, full_height, picture.as_raw(), PixelType::U8x3)
        .map_err(|_| PictureError::Unreadable)?;
    let mut target = Image::new(width, height, PixelType::U8x3);
    Resizer::new()
        .resize(&source, &mut target, &ResizeOptions::default())
        .map_err(|_| PictureError::Unreadable)?;
    RgbImage::from_raw(width, height, target.into_vec()).ok_or(PictureError::Unreadable)
}

fn webp(picture: &RgbImage) -> Result<Bytes, PictureError> {
    let mut config = WebPConfig::new().map_err(|()| PictureError::Unreadable)?;
    config.quality = WEBP_QUALITY;
    config.method = WEBP_EFFORT;
    let encoded = webp::Encoder::from_rgb(picture.as_raw(), picture.width(), picture.height())
        .encode_advanced(&config)
        .map_err(|_| PictureError::Unreadable)?;
    Ok(Bytes::copy_from_slice(&encoded))
}

fn jpeg(picture: &RgbImage) -> Result<Bytes, PictureError> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY)
        .encode_image(picture)
        .map_err(|_| PictureError::Unreadable)?;
    Ok(bytes.into())
}

/// The average colour.
fn tone(picture: &RgbImage) -> String {
    let step = (picture.pixels().len() / 4096).max(1);
    let (mut sums, mut count) = ([0_u64; 3], 0_u64);
    for pixel in picture.pixels().step_by(step) {
        for (sum, channel) in sums.iter_mut().zip(pixel.0) {
            *sum += u64::from(channel);
        }
        count += 1;
    }
    let [red, green, blue] = sums.map(|sum| sum / count.max(1));
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        RgbImage::from_pixel(width, height, image::Rgb([10, 20, 30]))
            .write_to(&mut bytes, ImageFormat::Png)
            .unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_picture_is_never_made_larger_than_it_is() {
        let encoded = encode(&png(500, 625)).unwrap();
        assert_eq!(encoded.widths, [160, 320, 480]);
        assert_eq!(
            (encoded.width, encoded.height, encoded.tone.as_str()),
            (480, 600, "#0a141e")
        );
        assert_eq!(encoded.files.len(), 6);
        for file in &encoded.files {
            let read = image::load_from_memory(&file.bytes).unwrap();
            assert_eq!(read.width(), u32::from(file.width));
        }
        assert_eq!(encode(&png(40, 50)).unwrap().widths, [40]);
        let wide = encode(&png(1000, 40)).unwrap();
        assert_eq!(wide.widths, [160, 320, 480, 640, 800, 1000]);
    }

    #[test]
    fn what_is_no_picture_is_refused_whatever_it_claims() {
        let svg = br#"<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>"#;
        assert_eq!(encode(svg).err(), Some(PictureError::Unreadable));
        assert_eq!(
            encode(&png(50, 50)[..60]).err(),
            Some(PictureError::Unreadable)
        );
        assert_eq!(encode(b"").err(), Some(PictureError::Unreadable));
    }

    #[test]
    fn a_picture_that_would_fill_the_memory_is_refused_before_it_is_decoded() {
        assert_eq!(
            encode(&claiming(30_000, 30_000)).err(),
            Some(PictureError::TooWide)
        );
    }

    #[test]
    fn the_room_that_a_picture_takes_is_what_it_says_and_never_more_than_there_is() {
        assert_eq!(megapixels(&png(1200, 1000)), 2);
        assert_eq!(megapixels(b"no picture"), 1);
        assert_eq!(megapixels(&claiming(30_000, 30_000)), MAX_MEGAPIXELS);
    }

    #[test]
    fn a_picture_of_more_pixels_than_are_taken_in_is_refused_before_it_is_decoded() {
        // Each side is short enough.
        assert_eq!(
            encode(&claiming(10_000, 6_000)).err(),
            Some(PictureError::TooWide)
        );
    }

    #[test]
    fn a_picture_stands_as_the_camera_was_held() {
        // Red on the left, blue on the right, and a camera that was turned to its right side: red belongs on top.
        let mut picture = RgbImage::from_pixel(64, 32, image::Rgb([250, 0, 0]));
        for (x, _, pixel) in picture.enumerate_pixels_mut() {
            if x >= 32 {
                *pixel = image::Rgb([0, 0, 250]);
            }
        }
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
        let mut turned = bytes.into_inner();
        // APP1 with one entry of Exif: orientation (0x0112), short, 6.
        let exif = b"\xff\xe1\x00\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        turned.splice(2..2, exif.iter().copied());

        let encoded = encode(&turned).unwrap();
        assert_eq!((encoded.width, encoded.height), (32, 64));
        let kept = image::load_from_memory(&encoded.files[1].bytes)
            .unwrap()
            .into_rgb8();
        let (top, bottom) = (kept.get_pixel(16, 8).0, kept.get_pixel(16, 56).0);
        assert!(top[0] > 200 && bottom[2] > 200, "{top:?} {bottom:?}");
    }

    /// The head of a PNG that claims to be so large.
    fn claiming(width: u32, height: u32) -> Vec<u8> {
        let mut head = png(1, 1);
        head[16..20].copy_from_slice(&width.to_be_bytes());
        head[20..24].copy_from_slice(&height.to_be_bytes());
        let crc = crc32(&head[12..29]);
        head[29..33].copy_from_slice(&crc.to_be_bytes());
        head
    }

    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0_u32, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                if crc & 1 == 1 {
                    (crc >> 1) ^ 0xedb8_8320
                } else {
                    crc >> 1
                }
            })
        })
    }
}
