import type { z } from 'zod';

/** The first thing that is wrong with a value from outside, with the place where it is. */
export const firstIssue = ({ issues: [issue] }: z.ZodError): string => (issue ? `${issue.path.join('.')}: ${issue.message}` : 'unknown form');
