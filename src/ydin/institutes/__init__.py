"""What institutes open to companies: facilities, and demos that students make."""
