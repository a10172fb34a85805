import type { IExecuteFunctions } from 'n8n-workflow';
import { catalogIds, fingerprint, siteClock, sitePriceTypes, SyncError, type CatalogIds, type Policy, type PriceTypeRow, type SitePriceType } from '../../../../core';
import { siteOf, type ExchangeSettings } from '../../../shared/bitrixExchange';
import { systemClock } from '../../../shared/clock';
import { givenPairs } from '../../../shared/givenPairs';
import { exchangeSettings } from '../../../shared/exchangeProperties';
import { priceSourceIn } from '../parameters/prices';
import { readSettings, textIn, type CatalogSettings, type Located } from '../settings';

/** What the user chose, for a site that takes files. */
export interface ExchangeCatalogSettings extends CatalogSettings {
	exchange: ExchangeSettings;
	ids: CatalogIds;
	/** The catalog of the site, as a mark for links. */
	place: string;
	/** When the files are made, as the workflow's clocks show it: YYYY-MM-DDTHH:MM:SS. */
	formed: string;
	/** Whether the site has a block for variants, which it does not tell. */
	takesVariants: boolean;
	/** All price types of the site; none when nothing was entered. */
	priceTypes: SitePriceType[];
	pricePolicy: Policy;
	/** Keys and MoySklad's ids of what somebody hid on the site. */
	hidden: ReadonlySet<string>;
	/** Id of a checkbox in MoySklad that says the same; null = none. */
	hiddenCheckbox: string | null;
	/** Ids or names, in lower case, of additional fields whose values the site has in a directory. */
	directories: ReadonlySet<string>;
	/** Put into all goods when they are to be taken in although they have not changed; undefined = links and checksums decide. */
	version: string | undefined;
	zip: boolean;
	keepFiles: boolean;
}

interface Options {
	catalogIds?: { row?: Partial<CatalogIds> };
	directories?: unknown;
	hidden?: unknown;
	hiddenCheckbox?: Located;
	keepFiles?: boolean;
	resend?: boolean;
	zip?: boolean;
}

type TypeRow = Partial<Omit<PriceTypeRow, 'from'>> & { from?: Located };

/** Reads the parameters. Throws EXCHANGE_NO_LOCK, COMMERCEML_SETTING_INVALID, EXCHANGE_PRICE_TYPE_ID, COMMERCEML_PRICE_TYPES_UNCONFIRMED. */
export async function readExchangeSettings(context: IExecuteFunctions): Promise<ExchangeCatalogSettings> {
	const read = <Value>(name: string, otherwise: Value): Value => context.getNodeParameter(name, 0, otherwise) as Value;
	const options = read<Options>('options', {});
	const ids = catalogIds(filled(options.catalogIds?.row ?? {}));
	const settings = readSettings(context);
	const { site } = await siteOf(context);
	return {
		...settings,
		// Nobody has to keep others away from a site to which nothing is sent.
		exchange: settings.preview ? { onlyProcess: true } : exchangeSettings(context),
		ids,
		place: fingerprint(`${site} ${ids.catalogId} ${settings.identity}`),
		formed: clockTime(systemClock.now(), context.getTimezone()),
		takesVariants: read('siteVariants', 'block') === 'block',
		priceTypes: priceTypesIn(read<{ row?: TypeRow[] }>('sitePriceTypes', {}).row ?? [], read('priceTypesComplete', false), read<{ siteTypes?: unknown }>('priceOptions', {}).siteTypes),
		pricePolicy: read<Policy>('pricePolicy', 'always'),
		hidden: new Set(listOf(options.hidden)),
		hiddenCheckbox: textIn(options.hiddenCheckbox).toLowerCase() || null,
		directories: new Set(listOf(options.directories).map((word) => word.toLowerCase())),
		version: options.resend ? `${context.getExecutionId()}-${systemClock.now().toString(36)}` : undefined,
		zip: options.zip ?? true,
		keepFiles: options.keepFiles ?? false,
	};
}

/** An empty row of ids says nothing. */
const filled = (row: Partial<CatalogIds>): Partial<CatalogIds> =>
	Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined && value !== ''));

/** Rows that the user added; without any the list that an expression gave, which nobody keeps unconfirmed. */
function priceTypesIn(added: readonly TypeRow[], isComplete: boolean, given: unknown): SitePriceType[] {
	if (added.length > 0) return sitePriceTypes(added.map(readRow), isComplete);
	const list = givenPairs(given);
	if (list === undefined) throw new SyncError('CATALOG_TARGET_MISSING', { what: 'list of price types of the site' });
	return list.length === 0 ? [] : sitePriceTypes(list.map(({ from, to, toName, currency }) => readRow({ from: { value: from }, id: String(to ?? ''), name: toName, currency })), true);
}

const readRow = ({ from, id = '', name = '', currency = 'RUB', vatIncluded = true }: TypeRow): PriceTypeRow => {
	const source = priceSourceIn(from);
	if (source === '') throw new SyncError('EXCHANGE_PRICE_TYPE_ID', { type: name || id, reason: 'no price of MoySklad goes to it' });
	return { from: source, id: id.trim(), name: name.trim(), currency: currency.trim(), vatIncluded };
};

/** One a line, or a list that an expression gives. */
function listOf(value: unknown): string[] {
	const entries: unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? value.split(/\r?\n/) : [];
	return entries.map((entry) => String(entry).trim()).filter((entry) => entry !== '');
}

/** A moment as the clocks of a time zone show it. */
function clockTime(moment: number, timeZone: string): string {
	const { day, time } = siteClock(timeZone, moment);
	return `${day}T${time}`;
}
