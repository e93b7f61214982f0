//! The editor of one product.

use super::{
    NotSaved, entry,
    form::{form_of, product_of},
};
use crate::{
    Actor, Fault, Result, Shop,
    catalog::{
        db,
        kept::Kept,
        write::{NewProduct, WriteError, Written},
    },
    core::words,
};
use domain::{
    Currency, ProductId, VariantId,
    catalog::{
        ProductStatus,
        edit::{
            CheckedProduct, Difference, EditPicture, FormErrors, ProductEdit, ProductForm,
            VariantStock,
        },
    },
    inventory::MovementKind,
    staff::Permission,
};
use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};
use sqlx::PgConnection;
use uuid::Uuid;

/// What an editor needs around its product.
struct Around {
    currency: Currency,
    zone: TimeZone,
    brands: Vec<(Uuid, String)>,
    categories: Vec<db::CategoryChoice>,
}

/// A form with what it is about, on its way into the shop.
struct Saving<'a> {
    around: &'a Around,
    kept: Option<Kept>,
    form: ProductForm,
}

impl Shop {
    /// The editor of a product, or of one that is new; `None` where there is none of this id.
    pub async fn admin_product(
        &self,
        actor: &Actor,
        id: Option<ProductId>,
    ) -> Result<Option<ProductEdit>> {
        actor.require(Permission::ViewProducts)?;
        let around = self.around().await?;
        let kept = match id {
            None => None,
            Some(id) => match db::kept(self.db(), &[id.0]).await?.pop() {
                Some(kept) => Some(kept),
                None => return Ok(None),
            },
        };
        let form = around.form(kept.as_ref());
        Ok(Some(around.edit(kept.as_ref(), form)))
    }

    /// The editor with what was typed so far, after a button that changes the form and saves nothing.
    pub async fn step_product(
        &self,
        actor: &Actor,
        id: Option<ProductId>,
        mut form: ProductForm,
        button: &str,
    ) -> Result<Option<ProductEdit>> {
        actor.require(Permission::EditProducts)?;
        form.step(button);
        let edit = self.admin_product(actor, id).await?;
        Ok(edit.map(|edit| ProductEdit { form, ..edit }))
    }

    /// Saves what was typed about a product, or about one that is new. Variants that are made no more are archived, and
    /// those that are new receive what there is of them to begin with. `None` where there is no product of this id.
    pub async fn save_product(
        &self,
        actor: &Actor,
        id: Option<ProductId>,
        form: ProductForm,
    ) -> Result<Option<ProductId>, Fault<NotSaved>> {
        // Much is written for it: it is kept on the heap.
        Box::pin(self.write_product_form(actor, id, form)).await
    }

    async fn write_product_form(
        &self,
        actor: &Actor,
        id: Option<ProductId>,
        mut form: ProductForm,
    ) -> Result<Option<ProductId>, Fault<NotSaved>> {
        actor.require(Permission::EditProducts)?;
        let around = self.around().await?;
        let mut tx = self.db().begin().await?;
        let kept = match id {
            None => None,
            Some(id) => {
                db::lock(&mut tx, &[id.0]).await?;
                match db::kept(&mut *tx, &[id.0]).await?.pop() {
                    Some(kept) => Some(kept),
                    None => return Ok(None),
                }
            }
        };
        let checked = form.check(around.currency);
        let saving = Saving {
            around: &around,
            kept,
            form,
        };
        let checked = checked.map_err(|errors| saving.refused(errors))?;
        saving.check_names(&mut tx, &checked).await?;
        let saved = self.save_checked(&mut tx, actor, &saving, &checked).await?;
        tx.commit().await?;
        Ok(Some(saved))
    }

    /// Writes what was found right, where it differs from what there is.
    async fn save_checked(
        &self,
        tx: &mut PgConnection,
        actor: &Actor,
        saving: &Saving<'_>,
        checked: &CheckedProduct,
    ) -> Result<ProductId, Fault<NotSaved>> {
        let position = match &saving.kept {
            Some(kept) => kept.product.position,
            None => db::last_position(tx).await?,
        };
        let around = saving.around;
        let belongs = (around.brand(checked), around.category(checked));
        let new = product_of(
            checked,
            saving.kept.as_ref(),
            belongs,
            position,
            &around.zone,
        );
        if let Some(kept) = &saving.kept {
            let is_same = new.is_kept_as(&kept.product, self.clock().now());
            if is_same && new.status == kept.product.status {
                return Ok(kept.id);
            }
        }
        let written = self.write_product_in(tx, &new).await;
        let written = written.map_err(|fault| saving.not_written(fault, checked))?;
        self.receive_first(tx, &written, checked).await?;
        self.record_save(tx, actor, saving, &new, written.product)
            .await?;
        Ok(written.product)
    }

    /// Receives what there is of variants that are new.
    async fn receive_first(
        &self,
        tx: &mut PgConnection,
        written: &Written,
        checked: &CheckedProduct,
    ) -> Result<()> {
        let pairs = written.variants.iter().zip(&checked.variants);
        let received: Vec<(VariantId, i32)> = pairs
            .filter(|(written, _)| written.created)
            .map(|(written, variant)| (written.id, variant.stock))
            .collect();
        if received.is_empty() {
            return Ok(());
        }
        self.change_stock(tx, MovementKind::Received, &received, "First stock")
            .await
    }

    /// Notes what differs from before.
    async fn record_save(
        &self,
        tx: &mut PgConnection,
        actor: &Actor,
        saving: &Saving<'_>,
        new: &NewProduct,
        id: ProductId,
    ) -> Result<()> {
        let around = saving.around;
        let action = if saving.kept.is_some() {
            "product.changed"
        } else {
            "product.made"
        };
        let mut entry = entry(action, id, &new.title);
        match &saving.kept {
            None => {
                entry.did = format!("made the product {}", new.title);
                entry.after = Some(json!({ "title": new.title, "handle": new.handle }));
            }
            Some(before) => {
                entry.did = format!("changed {}", new.title);
                let now = db::kept(&mut *tx, &[id.0]).await?.pop();
                let (now, before) = (around.form(now.as_ref()), around.form(Some(before)));
                let differences = around.differences(&now, &before);
                let side = |value: fn(&Difference) -> &String| {
                    let fields = differences.iter();
                    let fields: Map<String, Value> = fields
                        .map(|difference| (difference.what.clone(), json!(value(difference))))
                        .collect();
                    Some(Value::Object(fields))
                };
                entry.after = side(|difference| &difference.yours);
                entry.before = side(|difference| &difference.theirs);
            }
        }
        self.record(tx, actor, entry).await
    }

    async fn around(&self) -> Result<Around> {
        Ok(Around {
            currency: self.currency().await?,
            zone: self.time_zone().await?,
            brands: db::brand_choices(self.db()).await?,
            categories: db::category_choices(self.db()).await?,
        })
    }
}

impl Around {
    fn form(&self, kept: Option<&Kept>) -> ProductForm {
        kept.map_or_else(ProductForm::empty, |kept| {
            form_of(kept, self.currency, &self.zone)
        })
    }

    /// The editor of a product with this form in it.
    fn edit(&self, kept: Option<&Kept>, form: ProductForm) -> ProductEdit {
        let product = kept.map(|kept| &kept.product);
        let published = product.and_then(|product| product.published_at);
        ProductEdit {
            id: kept.map(|kept| kept.id),
            title: product
                .map(|product| product.title.clone())
                .unwrap_or_default(),
            handle: product
                .map(|product| product.handle.to_string())
                .unwrap_or_default(),
            status: product.map_or(ProductStatus::Draft, |product| product.status),
            published: published.map(|at| words::moment(at, &self.zone)),
            form,
            errors: FormErrors::default(),
            stale: None,
            pictures: kept.map(pictures).unwrap_or_default(),
            stock: kept.map(stock).unwrap_or_default(),
            brands: self
                .brands
                .iter()
                .map(|(id, name)| (id.to_string(), name.clone()))
                .collect(),
            categories: self
                .categories
                .iter()
                .map(|category| (category.id.to_string(), category.names.clone()))
                .collect(),
            currency: self.currency,
        }
    }

    /// The name of the maker that was chosen.
    fn brand(&self, checked: &CheckedProduct) -> String {
        let chosen = self
            .brands
            .iter()
            .find(|(id, _)| Some(*id) == checked.brand.map(|id| id.0));
        chosen.map(|(_, name)| name.clone()).unwrap_or_default()
    }

    /// The path of the category that was chosen.
    fn category(&self, checked: &CheckedProduct) -> Option<String> {
        let chosen = checked.category.map(|id| id.0);
        let category = self
            .categories
            .iter()
            .find(|category| Some(category.id) == chosen)?;
        Some(category.path.clone())
    }

    fn differences(&self, yours: &ProductForm, theirs: &ProductForm) -> Vec<Difference> {
        yours.differences(theirs, self.currency, |id| self.name(id))
    }

    /// What people call a maker or a category.
    fn name(&self, id: &str) -> String {
        let brands = self.brands.iter().map(|(id, name)| (id, name));
        let categories = self
            .categories
            .iter()
            .map(|category| (&category.id, &category.names));
        let found = brands
            .chain(categories)
            .find(|(known, _)| known.to_string() == id);
        found.map_or_else(|| id.to_owned(), |(_, name)| name.clone())
    }
}

impl Saving<'_> {
    /// The editor again, with what was typed and what is wrong; and both sides where somebody else saved meanwhile. What is
    /// sent again then counts.
    fn refused(&self, errors: FormErrors) -> Fault<NotSaved> {
        let mut form = self.form.clone();
        let stale = self.kept.as_ref().filter(|_| self.is_stale()).map(|kept| {
            form.version = kept.version.to_string();
            self.around
                .differences(&self.form, &self.around.form(Some(kept)))
        });
        let edit = self.around.edit(self.kept.as_ref(), form);
        Fault::Refused(NotSaved(Box::new(ProductEdit {
            errors,
            stale,
            ..edit
        })))
    }

    fn is_stale(&self) -> bool {
        self.kept
            .as_ref()
            .is_some_and(|kept| self.form.version != kept.version.to_string())
    }

    /// What only the shop can tell: whether somebody saved meanwhile, and whether names are free.
    async fn check_names(
        &self,
        tx: &mut PgConnection,
        checked: &CheckedProduct,
    ) -> Result<(), Fault<NotSaved>> {
        let mut errors = FormErrors::default();
        let own = self.kept.as_ref().map(|kept| kept.id);
        let owner = db::owner_of(&mut *tx, checked.handle.as_str()).await?;
        if let Some((_, title)) = owner.filter(|(id, _)| Some(*id) != own) {
            errors.add("handle", format!("{title} has this address."));
        }
        if !self.form.brand.is_empty() && self.around.brand(checked).is_empty() {
            errors.add("brand", "This maker is not there any more.");
        }
        if !self.form.category.is_empty() && self.around.category(checked).is_none() {
            errors.add("category", "This category is not there any more.");
        }
        let skus: Vec<String> = checked.variants.iter().map(|row| row.sku.clone()).collect();
        let named: Vec<Uuid> = checked
            .variants
            .iter()
            .filter_map(|row| Some(row.id?.0))
            .collect();
        for other in db::taken_skus(tx, &skus, own, &named).await? {
            // A row that is new takes up again what this product sold under its SKU once.
            let row = checked.variants.iter().find(|row| row.sku == other.sku);
            if let Some(row) = row.filter(|row| row.id.is_some() || !other.is_own) {
                errors.add(format!("variant-{}-sku", row.row), taken(&other.title));
            }
        }
        if errors.is_empty() && !self.is_stale() {
            Ok(())
        } else {
            Err(self.refused(errors))
        }
    }

    /// What was free a moment ago and is not any more.
    fn not_written(&self, fault: Fault<WriteError>, checked: &CheckedProduct) -> Fault<NotSaved> {
        match fault {
            Fault::Failed(error) => Fault::Failed(error),
            Fault::Refused(WriteError::HandleTaken(_)) => self.refused(FormErrors::one(
                "handle",
                "Another product has this address.",
            )),
            Fault::Refused(WriteError::SkuTaken(sku)) => {
                let row = checked.variants.iter().find(|row| row.sku == sku);
                let field = row.map_or_else(
                    || "variants".into(),
                    |row| format!("variant-{}-sku", row.row),
                );
                self.refused(FormErrors::one(field, taken("Another product")))
            }
        }
    }
}

fn taken(title: &str) -> String {
    format!("{title} has this SKU.")
}

fn pictures(kept: &Kept) -> Vec<EditPicture> {
    let pictures = kept.pictures.iter().map(|kept| EditPicture {
        id: kept.media,
        picture: kept.picture.clone(),
    });
    pictures.collect()
}

fn stock(kept: &Kept) -> Vec<VariantStock> {
    let variants = kept.variants.iter();
    variants
        .filter_map(|kept| {
            Some(VariantStock {
                variant: kept.variant.id?,
                available: kept.available,
            })
        })
        .collect()
}
