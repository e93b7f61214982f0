-- Writes what pages show of the products $1, in the shapes of `ProductCard` and `ProductPage` of the crate `domain`.
-- Stock is not part of it: it is read when a page is made. Positions count from 1, places in a list of JSON from 0.
with shop as (
    select coalesce((select value ->> 'currency' from setting where key = 'shop'), 'GBP') as currency
),
pictures as (
    select m.product_id,
           json_agg(json_build_object('hash', a.hash, 'widths', a.widths, 'width', a.width, 'height', a.height,
                                      'tone', a.tone, 'alt', m.alt) order by m.position) as list
    from product_media m join asset a on a.id = m.asset_id
    where m.product_id = any ($1)
    group by m.product_id
),
options as (
    select o.product_id,
           json_agg(json_build_object('name', o.name, 'values',
               (select json_agg(json_build_object('name', v.name, 'swatch', v.swatch) order by v.position)
                from option_value v where v.option_id = o.id)) order by o.position) as list,
           string_agg((select string_agg(v.name, ' ') from option_value v where v.option_id = o.id), ' ') as words
    from product_option o
    where o.product_id = any ($1)
    group by o.product_id
),
swatches as (
    select o.product_id,
           json_agg(json_build_object('name', v.name, 'colour', v.swatch) order by o.position, v.position) as list
    from product_option o join option_value v on v.option_id = o.id
    where o.product_id = any ($1) and v.swatch is not null
      and exists (select 1 from variant x where x.product_id = o.product_id and x.archived_at is null
                  and v.id in (x.option1_value_id, x.option2_value_id, x.option3_value_id))
    group by o.product_id
),
variants as (
    select v.product_id,
           min(v.price) as price_from,
           max(v.price) as price_to,
           (array_agg(v.compare_at order by v.price, v.position))[1] as compare_at,
           string_agg(v.sku, ' ') as words,
           json_agg(json_build_object(
               'id', v.id,
               'sku', v.sku,
               'values', array_remove(array [v1.position - 1, v2.position - 1, v3.position - 1], null),
               'price', json_build_object('minor', v.price, 'currency', shop.currency),
               'compare_at', case when v.compare_at > v.price
                             then json_build_object('minor', v.compare_at, 'currency', shop.currency) end,
               'stock', 'SoldOut',
               'picture', m.position - 1,
               'barcode', v.barcode) order by v.position, v.id) as list
    from shop, variant v
    left join option_value v1 on v1.id = v.option1_value_id
    left join option_value v2 on v2.id = v.option2_value_id
    left join option_value v3 on v3.id = v.option3_value_id
    left join product_media m on m.id = v.media_id
    where v.product_id = any ($1) and v.archived_at is null
    group by v.product_id
),
parts as (
    select p.id, shop.currency, pictures.list as pictures, options.list as options, swatches.list as swatches,
           variants.list as variants, coalesce(variants.price_from, 0) as price_from,
           coalesce(variants.price_to, 0) as price_to, variants.compare_at, b.name as brand,
           options.words as option_words, variants.words as skus,
           case when b.id is not null then json_build_object(
               'handle', b.handle, 'name', b.name, 'place', b.place, 'story_html', b.story_html) end as maker,
           (select json_agg(json_build_object('name', up.name, 'href', '/categories/' || up.path) order by length(up.path))
            from category c join category up on c.path = up.path or c.path like up.path || '/%'
            where c.id = p.category_id) as crumbs,
           (select string_agg(up.name, ' ') from category c
            join category up on c.path = up.path or c.path like up.path || '/%'
            where c.id = p.category_id) as category_words
    from shop, product p
    left join brand b on b.id = p.brand_id
    left join pictures on pictures.product_id = p.id
    left join options on options.product_id = p.id
    left join swatches on swatches.product_id = p.id
    left join variants on variants.product_id = p.id
    where p.id = any ($1)
),
-- In one order, so that two who write the same words wait for each other instead of for ever.
words as (
    insert into search_word
    select distinct word
    from parts join product p on p.id = parts.id,
         regexp_split_to_table(lower(unaccent(concat_ws(' ', p.title, p.subtitle, parts.brand, p.product_type,
                                                        array_to_string(p.tags, ' '), parts.category_words, p.materials,
                                                        parts.option_words))), '[^[:alnum:]]+') as word
    where word ~ '^[[:alpha:]]{3,40}$' and to_tsvector('english', word) <> ''
    order by word
    on conflict do nothing
)
update product p set
    price_from = parts.price_from,
    price_to = parts.price_to,
    card = json_build_object(
        'handle', p.handle,
        'title', p.title,
        'subtitle', p.subtitle,
        'picture', parts.pictures -> 0,
        'price', json_build_object('minor', parts.price_from, 'currency', parts.currency),
        'is_from', parts.price_to > parts.price_from,
        'compare_at', case when parts.compare_at > parts.price_from
                      then json_build_object('minor', parts.compare_at, 'currency', parts.currency) end,
        'swatches', coalesce(parts.swatches, '[]'),
        'sold_out', false),
    page = json_build_object(
        'id', p.id,
        'handle', p.handle,
        'title', p.title,
        'subtitle', p.subtitle,
        'description_html', p.description_html,
        'materials', p.materials,
        'care', p.care,
        'dimensions', p.dimensions,
        'brand', parts.maker,
        'breadcrumbs', coalesce(parts.crumbs, '[]'),
        'pictures', coalesce(parts.pictures, '[]'),
        'choices', json_build_object('options', coalesce(parts.options, '[]'), 'variants', coalesce(parts.variants, '[]')),
        'related', json_build_array(),
        'seo', json_build_object(
            'title', coalesce(nullif(p.seo_title, ''), p.title),
            'description', coalesce(nullif(p.seo_description, ''), p.subtitle))),
    search = setweight(to_tsvector('english', unaccent(p.title)), 'A')
          || setweight(to_tsvector('english', unaccent(concat_ws(' ', p.subtitle, parts.brand, p.product_type,
                                                                 array_to_string(p.tags, ' '), parts.category_words))), 'B')
          || setweight(to_tsvector('english', unaccent(concat_ws(' ', p.materials, parts.option_words, parts.skus))), 'C')
          || setweight(to_tsvector('english', unaccent(regexp_replace(p.description_html, '<[^>]*>', ' ', 'g'))), 'D')
from parts
where parts.id = p.id
