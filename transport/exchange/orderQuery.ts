import { firstOrder, holdSameOrders, SyncError, type ExchangeDocument } from '../../core';
import { isLost, isSessionLost, isTimeout, type ExchangeConnection } from './caller';
import { outcomeOf } from './outcome';
import { ExchangeSession } from './session';

const RESTARTS = 8;
const LOGINS = 1;

/**
 * The site's mark is a second, and orders of that very second which it has given out once never come again, confirmed or not
 * (its component `sale.export.1c`, module sale 25). So a second has to be over before it becomes the mark: this long
 * (milliseconds) after the last order came, the site is asked once more. Orders that keep coming are left for the next run.
 */
const SETTLING = 2500;
const SETTLINGS = 2;

/** One page of changed orders, as the site gave it. */
export interface OrderPage extends ExchangeDocument {
	/** From 1. */
	number: number;
	/** The site was asked from the beginning again: orders of earlier pages may come once more. */
	again: boolean;
}

/**
 * Reads the orders that changed since the last confirmation, page by page. The site moves its mark only when it is told
 * to, and then to the last order it gave to anybody. So what was read is confirmed by the very session that read it: the
 * site refuses that when somebody else has logged in meanwhile, whose orders would be passed over otherwise. And it is
 * confirmed only as a whole: the mark would be a second that may go on in the next page, and be lost with that page.
 */
export class OrderQuery {
	private pages = 0;
	private restarts = 0;
	private logins = 0;
	private again = false;
	/** Pages have come since the site was last given time. */
	private isFresh = false;
	private settlings = 0;
	private hasEnded = false;
	private previous: ExchangeDocument | undefined;

	private constructor(private readonly session: ExchangeSession) {}

	/** Logs in for reading (version 3.1) and begins. Throws what `ExchangeSession` throws. */
	static async start(connection: ExchangeConnection): Promise<OrderQuery> {
		const session = await ExchangeSession.open(connection, 'sale', '3.1');
		await session.begin();
		return new OrderQuery(session);
	}

	/** The next page; undefined when the site has no more changed orders. */
	async next(): Promise<OrderPage | undefined> {
		for (;;) {
			const document = await this.read();
			if (this.isPage(document)) return this.given(document);
			if (!this.isFresh || this.settlings >= SETTLINGS) {
				this.hasEnded = true;
				return undefined;
			}
			this.isFresh = false;
			this.settlings += 1;
			await this.session.wait(this.session.nameOf('query'), SETTLING);
		}
	}

	/**
	 * Tells the site that all pages are stored: it gives those orders again only when they change. To be called after
	 * `next` has come to the end and after they are stored. Without pages nothing is told: the mark would pass over orders
	 * that were being saved at that moment. Throws EXCHANGE_CONFIRM_REFUSED when the site does not take it from this session.
	 */
	async confirm(): Promise<void> {
		if (!this.hasEnded) throw new SyncError('EXCHANGE_CONFIRM_REFUSED', { reason: 'the orders were not read to their end' });
		if (this.pages === 0) return;
		const call = this.session.nameOf('success');
		await this.session.repeating(call, async () => {
			const answer = await this.session.ask('success');
			if (answer.word === 'success') return;
			throw new SyncError('EXCHANGE_CONFIRM_REFUSED', { reason: this.session.reasonOf(answer) });
		});
		this.pages = 0;
		this.hasEnded = false;
		this.forget();
	}

	/** Goes on with what a later node of the same run brings: its means of sending, its right to exchange. */
	goOnWith(connection: ExchangeConnection): void {
		this.session.goOnWith(connection);
	}

	/** A site that knows no pages gives everything each time. */
	private isPage(document: ExchangeDocument): boolean {
		return firstOrder(document) >= 0 && !(this.previous && holdSameOrders(this.previous, document));
	}

	private given(document: ExchangeDocument): OrderPage {
		this.previous = document;
		this.isFresh = true;
		this.pages += 1;
		return { ...document, number: this.pages, again: this.again };
	}

	/**
	 * A page whose answer was lost counts as given out on the site, and the session would go on behind it. So a new session
	 * asks from the last confirmation again.
	 */
	private async read(): Promise<ExchangeDocument> {
		for (;;) {
			const outcome = await outcomeOf(async () => await this.session.document('query', 'КоммерческаяИнформация'));
			if ('value' in outcome) return outcome.value;
			if (!this.mayRestart(outcome.error)) throw outcome.error;
			await this.session.backOff(this.session.nameOf('query'), Math.max(1, this.restarts));
			await this.session.logIn();
			await this.session.begin();
			this.forget();
			this.again = this.pages > 0;
		}
	}

	private forget(): void {
		this.previous = undefined;
		this.isFresh = false;
		this.settlings = 0;
		this.again = false;
	}

	private mayRestart(error: unknown): boolean {
		if (isSessionLost(error)) return ++this.logins <= LOGINS;
		return isLost(error) && ++this.restarts <= (isTimeout(error) ? 2 : RESTARTS);
	}
}

/**
 * Confirms orders whose session is gone: asks for them again in a new session, and confirms when all of them are stored
 * already exactly as they come now. Otherwise nothing is confirmed, and the next run reads them all again.
 * @param isStored whether all documents of a page are stored as they are in it
 * @returns whether it was confirmed, or nothing had to be
 */
export async function confirmStored(connection: ExchangeConnection, isStored: (page: OrderPage) => boolean | Promise<boolean>): Promise<boolean> {
	const query = await OrderQuery.start(connection);
	for (let page = await query.next(); page; page = await query.next()) if (!(await isStored(page))) return false;
	await query.confirm();
	return true;
}

/** The statuses, pay systems and deliveries of the shop, as the site tells them. */
export async function readShopBooks(connection: ExchangeConnection): Promise<ExchangeDocument> {
	const session = await ExchangeSession.open(connection, 'sale', '3.1');
	return await session.repeating(session.nameOf('info'), async () => await session.document('info', 'Справочник'));
}
