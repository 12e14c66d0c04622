use super::Authority;
use crate::prices::{PriceTable, names};
use std::collections::{HashMap, HashSet};

/// Under which names a book has the models of a table: tables call one provider by several names.
pub(super) struct Homes<'b> {
    /// (provider, model in lower case) → the model.
    own: HashMap<(&'b str, String), &'b str>,
    providers: HashSet<&'b str>,
    /// (family of the provider, model in lower case) → the member that stands first, its model.
    models: HashMap<(&'b str, String), (usize, &'b str, &'b str)>,
    /// Family → the member that stands first.
    first: HashMap<&'b str, (usize, &'b str)>,
}

impl<'b> Homes<'b> {
    pub(super) fn of(book: &'b PriceTable) -> Self {
        let mut homes = Self {
            own: HashMap::new(),
            providers: HashSet::new(),
            models: HashMap::new(),
            first: HashMap::new(),
        };
        for model in book.models() {
            let provider = model.provider.as_str();
            let (family, place) = names::family(provider);
            let name = model.model.to_lowercase();
            homes.own.insert((provider, name.clone()), &model.model);
            homes.providers.insert(provider);
            let candidate = (place, provider, model.model.as_str());
            let chosen = homes.models.entry((family, name)).or_insert(candidate);
            *chosen = (*chosen).min(candidate);
            let first = homes.first.entry(family).or_insert((place, provider));
            *first = (*first).min((place, provider));
        }
        homes
    }

    /// Provider and model as the book has them, or would have them. The names of litellm's table
    /// are the book's own; other tables may call the members of a family otherwise.
    pub(super) fn home(
        &self,
        authority: Authority,
        provider: &str,
        model: &str,
    ) -> (String, String) {
        let name = model.to_lowercase();
        if let Some(own) = self.own.get(&(provider, name.clone())) {
            return (provider.to_owned(), (*own).to_owned());
        }
        let (family, _) = names::family(provider);
        let of_family = self.models.get(&(family, name));
        if let Some((_, known, model)) = of_family.filter(|_| authority != Authority::Base) {
            return ((*known).to_owned(), (*model).to_owned());
        }
        let first = self.first.get(family);
        let first = first.filter(|_| !self.providers.contains(provider));
        let provider = first.map_or(provider, |(_, first)| *first);
        (provider.to_owned(), model.to_owned())
    }
}
