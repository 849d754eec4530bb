import { describe } from 'vitest';
import { huge } from '../support/huge-files.ts';

describe('a file of 20 MB is opened or refused with a sentence, and the window answers:', () =>
  huge(20));
