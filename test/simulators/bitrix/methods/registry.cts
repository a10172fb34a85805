import { bookMethods } from '../catalog/bookMethods.cts';
import { documentMethods } from '../catalog/documentMethods.cts';
import { imageMethods } from '../catalog/imageMethods.cts';
import { priceMethods } from '../catalog/priceMethods.cts';
import { productMethods } from '../catalog/productMethods.cts';
import { propertyMethods } from '../catalog/propertyMethods.cts';
import { sectionMethods } from '../catalog/sectionMethods.cts';
import { chatMethods } from '../crm/chatMethods.cts';
import { crmMethods } from '../crm/crmMethods.cts';
import type { Portal } from '../portal.cts';
import { saleMethods } from '../sale/saleMethods.cts';
import { commonMethods } from './commonMethods.cts';
import type { Method } from './method.cts';
import { userMethods } from './userMethods.cts';

const CATALOG_METHODS: Method[] = [
	...sectionMethods,
	...productMethods,
	...priceMethods,
	...bookMethods,
	...propertyMethods,
	...imageMethods,
	...documentMethods,
];

/** The methods that a portal has. A new module adds its group here. */
export class Registry {
	private readonly byName: ReadonlyMap<string, Method>;

	constructor(private readonly portal: Portal) {
		const groups = [
			commonMethods(() => this.present()),
			CATALOG_METHODS,
			saleMethods,
			...(portal.edition === 'site' ? [] : [userMethods]),
			...(portal.edition === 'site' ? [] : [crmMethods, chatMethods]),
		];
		this.byName = new Map(groups.flat().map((method) => [method.name.toLowerCase(), method]));
	}

	/** Whatever the case of the letters. */
	find(name: string): Method | undefined {
		const method = this.byName.get(name.toLowerCase());
		return method && this.isPresent(method) ? method : undefined;
	}

	/** The name as documented; an unknown one stays as it is. */
	nameOf(name: string): string {
		return this.byName.get(name.toLowerCase())?.name ?? name;
	}

	private present(): Method[] {
		return [...this.byName.values()].filter((method) => this.isPresent(method));
	}

	private isPresent({ name }: Method): boolean {
		return !this.portal.switches.missingMethods.some((pattern) => new RegExp(pattern, 'i').test(name));
	}
}
