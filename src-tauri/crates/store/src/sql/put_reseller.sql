INSERT INTO resellers (id, name, name_key, folded, tenant_id, partner_id, country, partnership, partnership_since,
    fitness, fitness_checked_at, contact_name, contact_role, contact_email, contact_phone, town, last_activity_at)
VALUES (:id, :name, :name_key, :folded, :tenant_id, :partner_id, :country, :partnership, :partnership_since,
    :fitness, :fitness_checked_at, :contact_name, :contact_role, :contact_email, :contact_phone, :town,
    :last_activity_at)
ON CONFLICT (id) DO UPDATE SET
    name = excluded.name, name_key = excluded.name_key, folded = excluded.folded, tenant_id = excluded.tenant_id,
    partner_id = excluded.partner_id, country = excluded.country, partnership = excluded.partnership,
    partnership_since = excluded.partnership_since, fitness = excluded.fitness,
    fitness_checked_at = excluded.fitness_checked_at, contact_name = excluded.contact_name,
    contact_role = excluded.contact_role, contact_email = excluded.contact_email,
    contact_phone = excluded.contact_phone, town = excluded.town, last_activity_at = excluded.last_activity_at
