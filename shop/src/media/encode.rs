//! Decoding what was uploaded, and encoding what is shown. Nothing of the original's bytes is passed on.

use bytes::Bytes;
use domain::catalog::Format;
use fast_image_resize::{ResizeOptions, Resizer, images::Image};
use image::{DynamicImage, ImageFormat, ImageReader, Limits, RgbImage, codecs::jpeg::JpegEncoder};
use std::io::Cursor;

/// The widths that a picture is kept in, as far as it is that wide, in pixels.
const WIDTHS: [u16; 6] = [160, 320, 480, 800, 1200, 1600];
/// The longest side of what is taken in, in pixels.
const MAX_SIDE: u32 = 12_000;
/// The memory that decoding may take, in bytes.
const MAX_MEMORY: u64 = 512 * 1024 * 1024;
const WEBP_QUALITY: f32 = 80.0;
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
    #[error("This picture has more than {MAX_SIDE} pixels on one side.")]
    TooWide,
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
            bytes: webp(&sized),
        });
        encoded.files.push(File {
            width,
            format: Format::Jpeg,
            bytes: jpeg(&sized)?,
        });
    }
    Ok(encoded)
}

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
    let picture = reader.decode().map_err(|error| match error {
        image::ImageError::Limits(_) => PictureError::TooWide,
        _ => PictureError::Unreadable,
    })?;
    Ok((opaque(picture), media_type))
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
    let source = DynamicImage::ImageRgb8(picture.clone());
    let mut target = Image::new(width, height, fast_image_resize::PixelType::U8x3);
    Resizer::new()
        .resize(&source, &mut target, &ResizeOptions::default())
        .map_err(|_| PictureError::Unreadable)?;
    RgbImage::from_raw(width, height, target.into_vec()).ok_or(PictureError::Unreadable)
}

fn webp(picture: &RgbImage) -> Bytes {
    let encoded = webp::Encoder::from_rgb(picture.as_raw(), picture.width(), picture.height())
        .encode(WEBP_QUALITY);
    Bytes::copy_from_slice(&encoded)
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
        // The head of a PNG that claims 30 000 × 30 000 pixels.
        let mut bomb = png(1, 1);
        bomb[16..20].copy_from_slice(&30_000_u32.to_be_bytes());
        bomb[20..24].copy_from_slice(&30_000_u32.to_be_bytes());
        let crc = crc32(&bomb[12..29]);
        bomb[29..33].copy_from_slice(&crc.to_be_bytes());
        assert_eq!(encode(&bomb).err(), Some(PictureError::TooWide));
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
