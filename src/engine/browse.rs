//! Pictures of the data for the page: a page of one class, garments by index, the summary.

use crate::{
    data::{Dataset, IMAGE_PIXELS, Labelled, statistics},
    protocol::{DataEvent, DataSource, DataSummary, Pictures, Split},
};

/// Most pictures of one answer; a page shows far fewer.
pub const MOST_PICTURES: usize = 1_000;

/// `count` pictures of `class` (or of all) from picture `offset` on, in file order.
pub fn page(data: &Dataset, split: Split, class: Option<u8>, offset: u32, count: u32) -> DataEvent {
    let images = images(data, split);
    let wanted = |label: u8| class.is_none_or(|class| class == label);
    let matching = (0..images.len()).filter(|&index| wanted(images.labels[index]));
    let all: Vec<u32> = matching.map(|index| index as u32).collect();
    let shown = all.iter().skip(offset as usize).take((count as usize).min(MOST_PICTURES)).copied();
    let pictures = pictures(images, shown);
    DataEvent::Pictures { split, class, offset, available: all.len() as u32, pictures }
}

/// The images named by index, in that order; indices beyond the set are left out.
pub fn pictures(images: &Labelled, indices: impl IntoIterator<Item = u32>) -> Pictures {
    let mut pictures = Pictures::default();
    let there = indices.into_iter().map(|index| index as usize).filter(|&index| index < images.len());
    for index in there {
        pictures.pixels.extend_from_slice(images.image(index));
        pictures.labels.push(images.labels[index]);
    }
    pictures
}

/// What the page is told of data from `source`.
pub fn summary(data: &Dataset, source: DataSource) -> DataSummary {
    let shown = if data.train.is_empty() { &data.test } else { &data.train };
    let figures = statistics(shown);
    DataSummary {
        source,
        train: data.train.len() as u32,
        test: data.test.len() as u32,
        per_class: figures.per_class.to_vec(),
        mean: figures.mean as f32,
        deviation: figures.deviation as f32,
        mean_images: Pictures {
            labels: (0..(figures.mean_images.len() / IMAGE_PIXELS) as u8).collect(),
            pixels: figures.mean_images,
        },
        test_labels: data.test.labels.clone(),
    }
}

fn images(data: &Dataset, split: Split) -> &Labelled {
    match split {
        Split::Train => &data.train,
        Split::Test => &data.test,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data() -> Dataset {
        let labels: Vec<u8> = (0..40).map(|index| index % 10).collect();
        let pixels = (0..40u8).flat_map(|index| [index; IMAGE_PIXELS]).collect();
        Dataset { train: Labelled::default(), test: Labelled { pixels, labels } }
    }

    #[test]
    fn a_page_counts_within_its_class() {
        let DataEvent::Pictures { available, pictures, .. } = page(&data(), Split::Test, Some(3), 1, 2)
        else {
            panic!("pictures were asked for");
        };
        assert_eq!((available, pictures.labels), (4, vec![3, 3]));
        assert_eq!((pictures.pixels[0], pictures.pixels[IMAGE_PIXELS]), (13, 23));
    }

    #[test]
    fn a_page_beyond_the_end_is_empty_and_indices_beyond_are_left_out() {
        let DataEvent::Pictures { available, pictures, .. } = page(&data(), Split::Test, None, 40, 5) else {
            panic!("pictures were asked for");
        };
        assert!(available == 40 && pictures.is_empty());
        assert_eq!(super::pictures(&data().test, [39, 40, u32::MAX, 0]).labels, [9, 0]);
    }

    #[test]
    fn the_summary_describes_the_test_set_until_there_is_more() {
        let summary = summary(&data(), DataSource::Local);
        assert_eq!((summary.train, summary.test, summary.per_class), (0, 40, vec![4; 10]));
        assert_eq!(summary.mean_images.len(), 10);
    }
}
