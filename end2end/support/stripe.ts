import { paymentOf } from "./database.ts";
import { SANDBOX_URL } from "./addresses.ts";

export interface Refund {
  amount: number;
  status: string;
}

/** What Stripe's ledger says went back of an order. */
export async function refundsOf(order: number): Promise<Refund[]> {
  const intent = await paymentOf(order);
  const response = await fetch(`${SANDBOX_URL}/v1/refunds?payment_intent=${intent}`, {
    headers: { Authorization: "Bearer sk_test_sandbox" },
  });
  const { data } = (await response.json()) as { data: Refund[] };
  return data.map(({ amount, status }) => ({ amount, status }));
}
