import type { TestInfo } from "@playwright/test";

/** A variant with its page. */
export interface Thing {
  sku: string;
  title: string;
  path: string;
}

function thing(handle: string, title: string, sku: string): Thing {
  return { sku, title, path: `/products/${handle}?variant=${sku}` };
}

/** Tests run side by side on one stock: one that counts has a variant to itself, and each project another one. */
function own(title: string, handle: string, skus: [string, string, string, string]): (info: TestInfo) => Thing {
  const projects = ["desktop", "phone", "desktop-plain", "phone-plain"];
  return (info) => {
    const sku = skus[projects.indexOf(info.project.name)];
    if (!sku) {
      throw new Error(`no SKU for ${info.project.name}`);
    }
    return thing(handle, title, sku);
  };
}

/** Bought once, and counted before and after. */
export const counted = own("Planter with Saucer", "clay-planter", ["PLN-CLY-S", "PLN-CLY-M", "PLN-CLY-L", "PLN-SAN-M"]);
/** Has exactly as many as the test leaves of it. */
export const scarce = own("Turned Serving Bowl", "turned-serving-bowl", ["SRV-OAK-S", "SRV-OAK-M", "SRV-OAK-L", "SRV-WAL-S"]);
/** Is there when it is put into the basket, and sells out in it. */
export const dwindling = own("Moon Vase", "moon-vase", ["MOO-CHK-S", "MOO-CHK-M", "MOO-CEL-S", "MOO-CEL-M"]);
/** Two people want the last one. */
export const fought = own("Storage Jar", "storage-jar", ["JAR-OAK-S", "JAR-OAK-M", "JAR-OAK-L", "JAR-WAL-L"]);

/** There is enough of these for every test (see `stock-up.ts`), and of none as many as 99. */
export const crock = thing("utensil-crock", "Utensil Crock", "CRK-CHK");
export const tumblers = thing("low-tumbler-pair", "Low Tumblers, Pair", "LTP-CLR");
export const carafe = thing("bedside-carafe", "Bedside Carafe", "CRF-SMO");
export const towels = thing("guest-towels", "Rolled Guest Towels, Set of Three", "GST-FLA");
export const sample = thing("card-set", "Cards and Envelopes", "CRD-IVO-SMP");
export const plenty = [crock, tumblers, carafe, towels, sample];
