import { z } from 'zod';

/** What of an order both sides have a say in. */
const standingSchema = z.object({
	status: z.string(),
	/** When it got this status, as the site says; left out where it does not. */
	statusAt: z.string().optional(),
	canceled: z.boolean(),
	paid: z.boolean(),
});

/** What a site was told of an order that it does not show until it changes the order itself. */
export const toldOrderSchema = z.object({
	/** As the site showed the order before. */
	seen: standingSchema,
	/** As it was told last. */
	said: standingSchema,
});

/** How an order stands: its status, whether it is cancelled, whether it is paid. */
export type ToldStanding = z.output<typeof standingSchema>;
/** An order that looks older on the site than it is. */
export type ToldOrder = z.output<typeof toldOrderSchema>;

/** What is told of an order, with what was told of it before; undefined as long as the site shows all of it. */
export function toldOf(before: ToldOrder | undefined, present: ToldStanding, said: ToldStanding): ToldOrder | undefined {
	const seen = before?.seen ?? present;
	const isShown = before === undefined && seen.status === said.status && seen.canceled === said.canceled && seen.paid === said.paid;
	return isShown ? undefined : { seen, said };
}

/**
 * How an order stood before the site changed it, by how it stands now. A cancellation that can be told is taken; a status or a payment
 * may not be: one that is as before was not, unless the site says that it got its status anew.
 */
export function settledStanding(now: ToldStanding, { seen, said }: ToldOrder): ToldStanding {
	const isUntouched = now.status === seen.status && (now.statusAt === undefined || seen.statusAt === undefined || now.statusAt === seen.statusAt);
	return { status: isUntouched ? seen.status : said.status, canceled: said.canceled, paid: now.paid ? said.paid : seen.paid };
}
