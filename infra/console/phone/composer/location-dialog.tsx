import { Dialog } from '../../shell/dialog.tsx';
import { say } from '../../words/translate.ts';
import { play } from '../play.ts';

const PLACES = [
  { latitude: 52.52187, longitude: 13.41319, name: 'Alexanderplatz', address: 'Berlin' },
  { latitude: 48.85837, longitude: 2.294481, name: 'Tour Eiffel', address: 'Paris' },
  { latitude: 41.31115, longitude: 69.27958, name: 'Amir Temur', address: 'Toshkent' },
];

/** Where the visitor is: one of three places, or any other by its coordinates. */
export function LocationDialog({ onClose }: { onClose: () => void }) {
  const send = (place: { latitude: number; longitude: number }) => {
    onClose();
    void play({ location: place });
  };
  return (
    <Dialog title={say('attach.location')} onClose={onClose}>
      <ul class="choices">
        {PLACES.map((place) => (
          <li key={place.name}>
            <button type="button" class="button" onClick={() => send(place)}>
              {place.name}, {place.address}
            </button>
          </li>
        ))}
      </ul>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault();
          const given = new FormData(event.currentTarget);
          const number = (name: string) => Number(given.get(name));
          send({ latitude: number('latitude'), longitude: number('longitude') });
        }}
      >
        <label>
          {say('location.latitude')}
          <input
            class="input"
            name="latitude"
            type="number"
            step="any"
            min="-90"
            max="90"
            required
          />
        </label>
        <label>
          {say('location.longitude')}
          <input
            class="input"
            name="longitude"
            type="number"
            step="any"
            min="-180"
            max="180"
            required
          />
        </label>
        <button type="submit" class="button primary">
          {say('composer.send')}
        </button>
      </form>
    </Dialog>
  );
}
