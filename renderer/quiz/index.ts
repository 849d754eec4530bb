export { QuizBar } from './QuizBar.tsx';
export { QuizButton } from './QuizButton.tsx';
