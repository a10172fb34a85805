export interface AcceptedAdvisory {
	id: string;
	reason: string;
}

export interface Advisory {
	id: string;
	title: string;
	severity: string;
	packages: string[];
}

export const ACCEPTED: AcceptedAdvisory[];
export const BUNDLED: string[];
export function graveFindings(
	report: { vulnerabilities: Record<string, { via: Array<string | Record<'name' | 'severity' | 'title' | 'url', string>> }> },
	list?: AcceptedAdvisory[],
): { open: Advisory[]; accepted: Array<Advisory & { reason: string }>; unused: AcceptedAdvisory[] };
