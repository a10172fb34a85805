import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { MatchRule } from '../../core';

const RULE_OPTIONS: Record<MatchRule, INodePropertyOptions> = {
	email: { name: 'E-Mail', value: 'email' },
	externalId: { name: 'External ID', value: 'externalId' },
	innKpp: { name: 'INN and KPP', value: 'innKpp' },
	name: { name: 'Name (Only Proposes)', value: 'name', description: 'Similar names, whatever their order, legal form, ё and typos' },
	phone: { name: 'Phone', value: 'phone', description: 'However it is written, also of contact persons; one search for each phone that is not known yet' },
};

interface MatchRulesSettings {
	displayName: string;
	description: string;
	/** All that can be chosen, in alphabetical order of their names. */
	rules: readonly MatchRule[];
	usual: readonly MatchRule[];
}

/** The rules by which somebody is looked for, in an order that the user chooses. */
export function matchRulesProperty({ displayName, description, rules, usual }: MatchRulesSettings): INodeProperties {
	const by = { displayName: 'By', name: 'by', options: rules.map((rule) => RULE_OPTIONS[rule]), default: 'phone' };
	return {
		displayName,
		name: 'matchRules',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		default: { rule: usual.map((rule) => ({ by: rule })) },
		placeholder: 'Add Rule',
		description,
		options: [{ displayName: 'Rule', name: 'rule', values: [Object.assign(by, { type: 'options' as const })] }],
	};
}

export const nameSimilarityOption: INodeProperties = {
	displayName: 'Name Similarity (%)',
	name: 'nameSimilarity',
	type: 'number',
	typeOptions: { minValue: 50, maxValue: 100 },
	default: 80,
	description: 'How similar names must be for a person to be asked',
};
