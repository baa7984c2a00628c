INSERT INTO customers (id, tenant_id, name, name_key, alias, domain_prefix, country, town, town_key, contact_name,
    contact_email, registration_number, registration_key, reseller_id, reseller_key, review, agreement, created_at,
    confirmed_at, folded)
VALUES (:id, :tenant_id, :name, :name_key, :alias, :domain_prefix, :country, :town, :town_key, :contact_name,
    :contact_email, :registration_number, :registration_key, :reseller_id,
    coalesce((SELECT r.name_key FROM resellers r WHERE r.id = :reseller_id), ''), :review, :agreement, :created_at,
    :confirmed_at, :folded)
ON CONFLICT (id) DO UPDATE SET
    tenant_id = excluded.tenant_id, name = excluded.name, name_key = excluded.name_key, alias = excluded.alias,
    domain_prefix = excluded.domain_prefix, country = excluded.country, town = excluded.town,
    town_key = excluded.town_key, contact_name = excluded.contact_name, contact_email = excluded.contact_email,
    registration_number = excluded.registration_number, registration_key = excluded.registration_key,
    reseller_id = excluded.reseller_id, reseller_key = excluded.reseller_key, review = excluded.review,
    agreement = excluded.agreement, created_at = excluded.created_at, confirmed_at = excluded.confirmed_at,
    folded = excluded.folded
