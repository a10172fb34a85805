import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** How people call the side that values come from, and the one that they go into. */
export interface Sides {
	source: string;
	target: string;
}

export const INTO_BITRIX: Sides = { source: 'MoySklad', target: 'Bitrix' };

const begin = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** When a field of a mapping is written; the same words in every node. */
export const policyOptions = ({ source, target }: Sides): INodePropertyOptions[] => [
	{ name: 'Always', value: 'always', description: `${begin(target)} follows ${source}; what both sides changed is up to the conflict policy, where there is one` },
	{ name: 'Never', value: 'never', description: 'Leave the field alone' },
	{ name: 'Only When Creating', value: 'creating', description: `Afterwards the field belongs to ${target}` },
	{ name: 'Only When Empty', value: 'empty', description: `What somebody entered in ${target} stays` },
];

/** The column *Policy* of a mapping. */
export const policyProperty = (sides: Sides): INodeProperties => Object.assign({ displayName: 'Policy', name: 'policy', options: policyOptions(sides), default: 'always' }, { type: 'options' as const });

interface ConflictPolicySettings {
	name: string;
	displayName?: string;
	sides: Sides;
	/** Where an item goes about which a person has to decide. */
	reviewOutput?: string;
	default?: string;
	/** What the policy is about. */
	description?: string;
	/** Choices beside the four policies. */
	more?: INodePropertyOptions[];
}

/** What a conflict is. */
export const BOTH_CHANGED =
	'What happens to a field that both sides changed since the last run. A change on one side alone is never a conflict: the link of the item tells who changed what, and without it every difference counts as changed on both sides.';

/** Who wins when both sides changed a field; the same words in every node. */
export function conflictPolicyProperty({ name, displayName = 'Conflict Policy', sides, reviewOutput = 'Failed', default: usual = 'sourceWins', description = BOTH_CHANGED, more = [] }: ConflictPolicySettings): INodeProperties {
	const choices: INodePropertyOptions[] = [
		{ name: 'Newer Wins', value: 'newerWins', description: 'The side that was changed later; as Review when that is not known' },
		{ name: 'Review', value: 'review', description: `Nothing is written, and the item goes to ${reviewOutput} with both values` },
		{ name: 'Source Wins', value: 'sourceWins', description: `${begin(sides.source)} wins` },
		{ name: 'Target Wins', value: 'targetWins', description: `${begin(sides.target)} wins` },
	];
	const options = [...choices, ...more].sort((one, other) => one.name.localeCompare(other.name));
	return Object.assign({ displayName, name, options, default: usual, description }, { type: 'options' as const });
}
