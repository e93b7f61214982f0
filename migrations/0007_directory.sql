-- Finding things in the admin by a piece of what they are called.

create index product_title_near on product using gin ((' ' || plain_text(title)) gin_trgm_ops);
create index variant_sku_near on variant using gin ((' ' || plain_text(sku)) gin_trgm_ops);
