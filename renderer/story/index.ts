export { HoverCard } from './HoverCard.tsx';
export { enlargeStory } from './story-dialog.ts';
export { Told } from './Told.tsx';
export { knownFactors, storyWire } from './told.ts';
