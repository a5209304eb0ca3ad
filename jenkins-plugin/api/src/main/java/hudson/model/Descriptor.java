package hudson.model;

import jenkins.model.GlobalConfigurationCategory;
import jenkins.model.Loadable;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;

/** Describes a kind of {@link Describable}: its name, its forms, what is configured for all of it. */
public abstract class Descriptor<T extends Describable<T>> implements Loadable, Saveable {
    public final transient Class<? extends T> clazz;

    protected Descriptor(Class<? extends T> clazz) {
        this.clazz = clazz;
    }

    @SuppressWarnings("unchecked")
    protected Descriptor() {
        this.clazz = (Class<? extends T>) getClass().getEnclosingClass();
    }

    public String getDisplayName() {
        return clazz.getSimpleName();
    }

    public String getId() {
        return clazz.getName();
    }

    public final String getJsonSafeClassName() {
        return getId().replace('.', '-');
    }

    /** Nothing is kept here. */
    @Override
    public synchronized void load() {}

    /** Nothing is kept here. */
    @Override
    public synchronized void save() {}

    /** Nothing of it is in any form here. */
    public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        return true;
    }

    public GlobalConfigurationCategory getCategory() {
        throw new IllegalStateException("no Jenkins is running here");
    }

    /** A form that cannot be taken as it is. */
    public static class FormException extends Exception {
        private final String formField;

        public FormException(String message, String formField) {
            super(message);
            this.formField = formField;
        }

        public String getFormField() {
            return formField;
        }
    }
}
