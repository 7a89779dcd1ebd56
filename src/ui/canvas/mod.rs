//! Canvases: the only place that knows the canvas backend of plotters.

use leptos::prelude::window;
use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, IntoDrawingArea};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use crate::chart::{DrawError, Frame, NumberText};
use crate::words::tick_words;

/// The frame of a canvas of that size on this screen.
pub(super) fn frame(width: f64, height: f64) -> Frame {
    Frame {
        numbers: NumberText(tick_words),
        ..Frame::canvas(width, height, window().device_pixel_ratio().max(1.0))
    }
}

/// Empties a canvas, gives it the pixels of the frame and draws on it.
pub(super) fn draw(
    canvas: &HtmlCanvasElement,
    frame: &Frame,
    draw: impl FnOnce(&DrawingArea<CanvasBackend, Shift>) -> Result<(), DrawError>,
) {
    resize(canvas, frame);
    let Some(backend) = CanvasBackend::with_canvas_object(canvas.clone()) else {
        return;
    };
    if let Err(DrawError(reason)) = draw(&backend.into_drawing_area()) {
        leptos::logging::warn!("a chart could not be drawn: {reason}");
    }
}

/// Empties a canvas and puts an image on it, straight RGBA of the frame's size in device pixels.
pub(super) fn put_image(canvas: &HtmlCanvasElement, frame: &Frame, rgba: &[u8]) {
    resize(canvas, frame);
    let (width, height) = frame.size_px();
    let image = ImageData::new_with_u8_clamped_array_and_sh(Clamped(rgba), width, height);
    let context = canvas.get_context("2d").ok().flatten();
    let context = context.and_then(|context| context.dyn_into::<CanvasRenderingContext2d>().ok());
    if let (Ok(image), Some(context)) = (image, context)
        && context.put_image_data(&image, 0.0, 0.0).is_err()
    {
        leptos::logging::warn!("the points could not be drawn");
    }
}

/// Setting the size empties a canvas, even to the same size.
fn resize(canvas: &HtmlCanvasElement, frame: &Frame) {
    let (width, height) = frame.size_px();
    canvas.set_width(width);
    canvas.set_height(height);
}
