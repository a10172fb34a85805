import type { IExecuteFunctions } from 'n8n-workflow';
import {
	readExchangeLink, warning,
	type ExchangeLink, type Goods, type LinkOwner, type PriceSettings, type Remembered, type SourceSettings, type Warning,
} from '../../../../core';
import type { MoySkladClient } from '../../../../transport';
import { Announcing } from '../announcing';
import { currencies, moySkladOf, pricesOf } from '../openSession';
import { readExchangeSettings, type ExchangeCatalogSettings } from './settings';

/** What one run of the node over the exchange works with. */
export class ExchangeRun extends Announcing {
	constructor(
		context: IExecuteFunctions,
		readonly settings: ExchangeCatalogSettings,
		/** Undefined when the node has no such credential. */
		readonly moySklad: MoySkladClient | undefined,
		private readonly currencyOf: SourceSettings['currencyOf'],
	) {
		super(context);
	}

	/** Reads the settings, and looks up the currencies of goods. */
	static async open(context: IExecuteFunctions, goods: (settings: ExchangeCatalogSettings) => readonly Goods[] = () => []): Promise<ExchangeRun> {
		const settings = await readExchangeSettings(context);
		const moySklad = await moySkladOf(context);
		return new ExchangeRun(context, settings, moySklad, await currencies(pricesOf(goods(settings)), settings, moySklad));
	}

	/** How fields of MoySklad are read. */
	get sources(): SourceSettings {
		const { identity, gramsPerWeight } = this.settings;
		return { identity, gramsPerWeight, currencyOf: this.currencyOf };
	}

	/** A currency that no price type of the site has would be stored as another one there. */
	get prices(): PriceSettings {
		const { zeroPrice, largestFall, currencies: codes, accountCurrency, priceTypes } = this.settings;
		return { zero: zeroPrice, largestFall, currencies: codes, plainCurrency: accountCurrency, usedCurrencies: new Set(priceTypes.map(({ currency }) => currency)) };
	}

	/** The link that came with an input item. Throws EXCHANGE_LINK_INVALID, EXCHANGE_KEY_CHANGED. */
	link(input: number, owner: Omit<LinkOwner, 'flow' | 'place'>, parameter = 'link', flow = this.settings.flow): ExchangeLink | undefined {
		const value = this.context.getNodeParameter(parameter, input, null) as unknown;
		return readExchangeLink(value, { flow, place: this.settings.place, ...owner });
	}

	/** Why an item that somebody hid on the site must not be sent (rule C2). */
	held(goods: Goods, key: string): Warning | undefined {
		const { hidden, hiddenCheckbox } = this.settings;
		const isTicked = hiddenCheckbox !== null && goods.attributes.some(({ id, value }) => id === hiddenCheckbox && value === true);
		return isTicked || hidden.has(key) || hidden.has(goods.id) ? warning('EXCHANGE_HELD') : undefined;
	}

	remembered(goods: Goods, key: string, parent: string | null): Remembered {
		return { flow: this.settings.flow, type: goods.kind, key, moySkladId: goods.id, externalCode: goods.externalCode, parent };
	}
}
