/** The checks of what comes from outside of main. The first window is on its way before any of them is needed. */
export const checks = () => import('./schemas.ts');
