package hudson.model;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What {@link Action}s are attached to. */
public abstract class Actionable implements ModelObject {
    private final List<Action> actions = new CopyOnWriteArrayList<>();

    public List<? extends Action> getAllActions() {
        return List.copyOf(actions);
    }

    public <T extends Action> List<T> getActions(Class<T> type) {
        return actions.stream().filter(type::isInstance).map(type::cast).toList();
    }

    public <T extends Action> T getAction(Class<T> type) {
        return getActions(type).stream().findFirst().orElse(null);
    }

    public void addAction(Action action) {
        actions.add(action);
    }
}
