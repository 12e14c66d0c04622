//! `least groq/whisper-large-v3 input_audio_seconds 10`: what a call of a model that has a price
//! is billed at least.

use super::super::book::Book;
use super::{Read, Words};
use ratebook_catalog::prices::Minimum;

pub(super) fn least(book: &mut Book, words: &mut Words) -> Read<()> {
    let (provider, model) = words.model()?;
    let dimension = words.dimension()?;
    let units = words.next("units")?.parse().map_err(|_| "whole units")?;
    let minimum = Minimum { dimension, units };
    book.add_least(&provider, &model, minimum)
        .ok_or(format!("{provider}/{model} has no price yet"))
}
