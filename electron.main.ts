import { startDesktop } from '#desktop';

startDesktop(import.meta.dirname);
