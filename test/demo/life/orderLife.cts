import type { Figures, OfficeFigures, Sides, StoreFigures } from './sides.cts';

export type Place = 'store' | 'MoySklad';

/** What happened in one of the two places, and what that place then says of the order. */
export interface Line {
	place: Place;
	what: string;
	/** Undefined where the order is not, or not any more. */
	figures: Figures | undefined;
}

/** A person does something in one place, and the nodes bring the other one after it. */
export interface Step {
	act: Line;
	follows: Line;
	/** Whether both sides agree afterwards, to the kopeck. */
	agrees: boolean;
}

/** How an order comes from one place to the other. */
export interface Ways {
	toMoySklad(): Promise<void>;
	toStore(): Promise<void>;
}

/** Takes an order through its life, step by step. */
export class OrderLife {
	/** @param tell is given each step when it is done */
	constructor(
		readonly sides: Sides,
		private readonly ways: Ways,
		private readonly tell: (step: Step) => void,
	) {}

	/** @param then what has become of the customer order */
	async inStore(what: string, act: () => unknown, then: (order: OfficeFigures | undefined) => string): Promise<void> {
		await act();
		const figures = this.sides.store();
		await this.ways.toMoySklad();
		const office = await this.sides.office();
		await this.done({ place: 'store', what, figures }, { place: 'MoySklad', what: then(office), figures: office });
	}

	/** @param then what has become of the order of the store */
	async inMoySklad(what: string, act: (order: OfficeFigures) => Promise<unknown>, then: (order: StoreFigures | undefined) => string): Promise<void> {
		await act(await this.office());
		const figures = await this.sides.office();
		await this.ways.toStore();
		const store = this.sides.store();
		await this.done({ place: 'MoySklad', what, figures }, { place: 'store', what: then(store), figures: store });
	}

	private async done(act: Line, follows: Line): Promise<void> {
		this.tell({ act, follows, agrees: await this.sides.agree() });
	}

	private async office(): Promise<OfficeFigures> {
		const order = await this.sides.office();
		if (!order) throw new Error(`MoySklad has no customer order ${this.sides.externalCode}`);
		return order;
	}
}
