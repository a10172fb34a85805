import { parseArgs } from 'node:util';
import type { BitrixOptions, Edition } from './bitrix/options.cts';
import type { MoySkladOptions } from './moysklad/start.cts';

export const USAGE = `npm run simulators -- [options]
  --products N        products in MoySklad; variants, bundles and services come on top (200)
  --orders N          orders in the store (20); 0 leaves the store without goods
  --deals N           deals in the CRM of a Bitrix24 (0)
  --seed N            the same seed makes the same shop (1)
  --moysklad-port N   (4010; any free port when it is taken)
  --bitrix-port N     (4020; likewise)
  --edition NAME      cloud, box or site (cloud)
  --inventory Y|N     inventory management of Bitrix (N)
  --latency N         milliseconds that every answer takes (0)
  --demo-page         both show a page for people, at /demo`;

export interface Wanted {
	moySklad: MoySkladOptions;
	bitrix: BitrixOptions;
}

/** What was asked for on the command line. Throws an error that names the option. */
export function readCommandLine(args: string[]): Wanted {
	const { values } = parseArgs({
		args,
		options: {
			products: { type: 'string', default: '200' },
			orders: { type: 'string', default: '20' },
			deals: { type: 'string', default: '0' },
			seed: { type: 'string', default: '1' },
			'moysklad-port': { type: 'string', default: '4010' },
			'bitrix-port': { type: 'string', default: '4020' },
			edition: { type: 'string', default: 'cloud' },
			inventory: { type: 'string', default: 'N' },
			latency: { type: 'string', default: '0' },
			'demo-page': { type: 'boolean', default: false },
		},
	});
	const number = (name: Exclude<keyof typeof values, 'demo-page'>): number => whole(name, values[name] ?? '');
	const demoPage = values['demo-page'];
	const seed = number('seed');
	const latencyMilliseconds = number('latency');
	return {
		moySklad: { seed, latencyMilliseconds, size: { products: number('products') }, port: number('moysklad-port'), demoPage },
		bitrix: {
			seed,
			latencyMilliseconds,
			orders: number('orders'),
			deals: number('deals'),
			port: number('bitrix-port'),
			demoPage,
			edition: oneOf<Edition>('edition', values.edition, ['cloud', 'box', 'site']),
			inventory: oneOf<'Y' | 'N'>('inventory', values.inventory, ['Y', 'N']),
		},
	};
}

function whole(name: string, text: string): number {
	if (!/^\d{1,9}$/.test(text)) throw new RangeError(`--${name} takes a whole number, not “${text}”`);
	return Number(text);
}

function oneOf<T extends string>(name: string, text: string, values: readonly T[]): T {
	const value = values.find((known) => known === text);
	if (value === undefined) throw new RangeError(`--${name} takes ${values.join(', ')}, not “${text}”`);
	return value;
}
