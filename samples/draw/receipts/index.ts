import type { Sample } from '../sample.ts';
import { frenchCafe } from './french-cafe.ts';
import { germanSupermarket } from './german-supermarket.ts';
import { japanKonbini } from './japan-konbini.ts';
import { letter } from './letter.ts';
import { malaysianHardware } from './malaysian-hardware.ts';
import { swissBakery } from './swiss-bakery.ts';
import { ukPub } from './uk-pub.ts';
import { usDiner } from './us-diner.ts';

export const SAMPLES: readonly Sample[] = [
  usDiner,
  germanSupermarket,
  japanKonbini,
  frenchCafe,
  malaysianHardware,
  ukPub,
  swissBakery,
  letter,
];
