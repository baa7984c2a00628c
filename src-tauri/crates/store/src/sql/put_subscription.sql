INSERT INTO subscriptions (id, customer_id, remote_id, order_id, operation_id, commerce, product_id, sku_id,
    product_name, folded, quantity, term, cycle, price_minor, price_currency, status, auto_renew, reseller_of_record,
    ends_at, cancellable_until, created_at, confirmed_at)
VALUES (:id, :customer_id, :remote_id, :order_id, :operation_id, :commerce, :product_id, :sku_id,
    :product_name, :folded, :quantity, :term, :cycle, :price_minor, :price_currency, :status, :auto_renew,
    :reseller_of_record, :ends_at, :cancellable_until, :created_at, :confirmed_at)
ON CONFLICT (id) DO UPDATE SET
    customer_id = excluded.customer_id, remote_id = excluded.remote_id, order_id = excluded.order_id,
    operation_id = excluded.operation_id, commerce = excluded.commerce, product_id = excluded.product_id,
    sku_id = excluded.sku_id, product_name = excluded.product_name, folded = excluded.folded,
    quantity = excluded.quantity, term = excluded.term, cycle = excluded.cycle, price_minor = excluded.price_minor,
    price_currency = excluded.price_currency, status = excluded.status, auto_renew = excluded.auto_renew,
    reseller_of_record = excluded.reseller_of_record, ends_at = excluded.ends_at,
    cancellable_until = excluded.cancellable_until, created_at = excluded.created_at,
    confirmed_at = excluded.confirmed_at
