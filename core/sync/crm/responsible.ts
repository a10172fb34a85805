import type { NamedLink } from '../../moysklad/salesDocument';

/** Who is responsible for what comes from an employee or a store of MoySklad. */
export interface ResponsibleRule {
	by: 'owner' | 'store' | 'organization' | 'salesChannel';
	/** Id in MoySklad. */
	id: string;
	/** Id of the user in Bitrix. */
	user: number;
}

/** The user of the first row that fits, else the fixed one; undefined when Bitrix is to choose. */
export function responsibleFor(object: Partial<Record<ResponsibleRule['by'], NamedLink | null>>, rules: readonly ResponsibleRule[], fixed: number | undefined): number | undefined {
	return rules.find(({ by, id }) => object[by]?.id === id.trim().toLowerCase())?.user ?? fixed;
}
