import type { CountryProfile } from '../country-profile.ts';
import type { Random } from '../random.ts';

const FIRST = [
  'Golden',
  'Royal',
  'Little',
  'Happy',
  'Blue',
  'Old Town',
  'Corner',
  'Green',
  'Sunny',
  'Lucky',
  'Grand',
  'Silver',
  'Urban',
  'Crystal',
  'Harbor',
  'Uncle',
  'Papa',
  'La',
  'El',
  'The',
  "Mario's",
  "Joe's",
  "Kim's",
  'Fresh',
  'Star',
  'Prime',
];
const SECOND = [
  'Dragon',
  'Palm',
  'Bear',
  'Garden',
  'Lotus',
  'Fork',
  'Anchor',
  'Spoon',
  'Lantern',
  'Orchid',
  'River',
  'Mill',
  'Rooster',
  'Tiger',
  'Basil',
  'Ginger',
  'Pepper',
  'Maple',
  'Table',
  'Oven',
  'Noodle',
  'Barn',
  'Peak',
  'Wok',
];
const KIND = [
  'Cafe',
  'Grill',
  'Market',
  'Mart',
  'Pharmacy',
  'Books',
  'Restaurant',
  'Bistro',
  'Kitchen',
  'Bakery',
  'Hardware',
  'Supermarket',
  'Diner',
  'Sushi',
  'Pizza',
  '',
  '',
  '',
  'Express',
  'Outlet',
  'Bar & Grill',
  'Stores',
  'Hotel',
  'Coffee',
];

/** A shop's name as it stands above its receipts: the country's own, or an invented one. */
export function drawBrand(country: CountryProfile, random: Random): string {
  if (random.chance(0.35) || country.code === 'JP') return random.pick(country.names);
  const name = [random.pick(FIRST), random.pick(SECOND), random.pick(KIND)].filter((word) => word !== '').join(' ');
  const short = random.chance(0.2) ? random.pick(SECOND) : name;
  return random.chance(0.55) ? short.toUpperCase() : short;
}

const GREETINGS = [
  'WELCOME TO',
  'Welcome!',
  'THANK YOU FOR SHOPPING AT',
  '*** WELCOME ***',
  'Thank you for visiting',
  'CUSTOMER COPY',
  '*** DUPLICATE ***',
  'Guest Check',
  'SALES RECEIPT',
];
const SLOGANS = [
  'Save money. Live well.',
  'Fresh every day',
  'Fine food and drinks',
  'Quality you can trust',
  'Since 1968',
  'Your neighborhood store',
  'Expect great service',
  'Steaks - Seafood - Pasta',
];

export function drawGreeting(random: Random): string {
  return random.pick(GREETINGS);
}

export function drawSlogan(random: Random): string {
  return random.pick(SLOGANS);
}
