import pg from "pg";
import { DATABASE_URL } from "./addresses.ts";

const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 2, idleTimeoutMillis: 1_000, allowExitOnIdle: true });

async function rows<Row extends pg.QueryResultRow>(sql: string, values: unknown[]): Promise<Row[]> {
  return (await pool.query<Row>(sql, values)).rows;
}

export interface Stock {
  on_hand: number;
  allocated: number;
  reserved: number;
}

/** What the ledger says of a SKU. */
export async function stock(sku: string): Promise<Stock & { available: number }> {
  const [level] = await rows<Stock>(
    `select sum(on_hand)::int as on_hand, sum(allocated)::int as allocated, sum(reserved)::int as reserved
     from stock_level join variant on variant.id = variant_id where sku = $1`,
    [sku],
  );
  if (!level || level.on_hand === null) {
    throw new Error(`no stock level of ${sku}`);
  }
  return { ...level, available: level.on_hand - level.allocated - level.reserved };
}

export interface Movement {
  sku: string;
  kind: string;
  quantity: number;
}

/** Every change of stock that an order made, in its order. */
export function movements(order: number): Promise<Movement[]> {
  return rows<Movement>(
    `select sku, kind, quantity from stock_movement
     join variant on variant.id = variant_id join "order" on "order".id = order_id
     where "order".number = $1 order by stock_movement.id`,
    [order],
  );
}

export interface Order {
  number: number;
  token: string;
  status: string;
  payment_status: string;
  total: number;
  payments: number;
  successes: number;
}

/** The orders that somebody placed, the oldest first. */
export function orders(email: string): Promise<Order[]> {
  return rows<Order>(
    `select number::int, token, o.status, payment_status, total::int,
            (select count(*)::int from payment where order_id = o.id) as payments,
            (select count(*)::int from payment where order_id = o.id and status = 'succeeded') as successes
     from "order" o where email = $1 order by number`,
    [email],
  );
}

/** What Stripe calls the payment that an order was paid with. */
export async function paymentOf(order: number): Promise<string> {
  const [payment] = await rows<{ payment_intent: string }>(
    `select payment_intent from payment join "order" on "order".id = order_id
     where number = $1 and payment.status = 'succeeded'`,
    [order],
  );
  if (!payment) {
    throw new Error(`order ${order} is not paid`);
  }
  return payment.payment_intent;
}

/** Counts the shelf anew, so that as many can be bought as said; in the ledger too, as a person's correction would be. */
export async function leave(sku: string, available: number): Promise<void> {
  await rows(
    `with changed as (
       update stock_level set on_hand = allocated + reserved + $2
       from variant where variant.id = variant_id and sku = $1 and on_hand <> allocated + reserved + $2
       returning variant_id, location_id, on_hand, (select on_hand from stock_level old
         where old.variant_id = stock_level.variant_id and old.location_id = stock_level.location_id) as before)
     insert into stock_movement (variant_id, location_id, kind, quantity, reason, at)
     select variant_id, location_id, 'adjusted', on_hand - before, 'Counted by a test', now() from changed`,
    [sku, available],
  );
}
