/** Kopecks as people read them: 123456 → 1,234.56. */
export const rubles = (kopecks: number): string => (kopecks / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
